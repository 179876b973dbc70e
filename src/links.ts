/** What links look like from outside: the URL that a client sends, and the code that stands for it. */
import { randomInt } from 'node:crypto'
import { Type } from '@sinclair/typebox'

const base = 36
const codeLength = 7

/** Labels with one dot between them; the dot of the root may follow. */
const host = '[A-Za-z0-9][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)*\\.?'
/** 0 to 65535 in at most five digits. */
const port = '([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])'

export const LinkFieldsSchema = Type.Object(
  {
    // Printable ASCII, as RFC 3986 has it: the text goes into a header as it stands. The host is a name or IPv4:
    // no pattern tells a good address in brackets from a bad one, and nobody's password belongs in a link.
    url: Type.String({
      description:
        'An http or https URL in printable ASCII. Its host is a name without empty labels, or an IPv4 address; its port is at most 65535.',
      pattern: `^https?://${host}(:${port})?([/?#][!-~]*)?$`,
      maxLength: 2048,
      examples: ['https://example.com/'],
    }),
  },
  { additionalProperties: false },
)

export const LinkSchema = Type.Object({ code: Type.String(), url: Type.String() })

/** Of a code, without anchors. */
export const codePattern = `[0-9a-z]{${codeLength}}`

export const LinkPathSchema = Type.Object({
  code: Type.String({ pattern: `^${codePattern}$` }),
})

/** A random code of seven digits of base 36: 78 thousand million of them, so none can be guessed from another. */
export const randomCode = (): string =>
  randomInt(base ** codeLength)
    .toString(base)
    .padStart(codeLength, '0')
