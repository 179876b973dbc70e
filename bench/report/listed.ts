/** Lists in words and in Markdown. */

/** `a, b and c` */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** A list of Markdown, an item for each line. */
export const bulleted = (lines: readonly string[]): string =>
  lines.map((line) => `- ${line}`).join('\n')
