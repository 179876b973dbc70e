/** Reading a small HTML page as TechEmpower's verifier does: tags and texts count, the way to write them does not. */

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  mdash: '—',
}

/** Resolves character references; one that is not known stays as it is. */
export const decodeText = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (reference, hex, decimal, name) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16)
      if (name !== undefined) return named[String(name)] ?? reference
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : reference
    },
  )

/** Tags that do not change what such a page shows. */
const ignored = /^<\/?(?:meta|link|thead|tbody)>$/

const token = /<!doctype html\s*>|<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|[^<]+|</gi

/** A text as a token; the quotes keep it apart from a tag. */
export const textToken = (text: string): string => JSON.stringify(text)

/**
 * The tags of a page (`<td>`, without attributes) and its texts (quoted, decoded, trimmed) in their order.
 * A `<` that begins no tag is a token of its own.
 */
export function pageTokens(page: string): string[] {
  const tokens: string[] = []
  for (const [part] of page.matchAll(token)) {
    if (part === '<') {
      tokens.push(part)
    } else if (part.startsWith('<')) {
      const tag = part.toLowerCase().replace(/^(<\/?[a-z0-9]+)[\s/].*>$/s, '$1>')
      if (!ignored.test(tag)) tokens.push(tag.replace(/\s+>$/, '>'))
    } else if (part.trim() !== '') {
      tokens.push(textToken(decodeText(part.trim())))
    }
  }
  return tokens
}
