/** What links look like from outside: the URL that a client sends, and the code that stands for it. */
import { randomInt } from 'node:crypto'
import { Type } from '@sinclair/typebox'

const base = 36
const codeLength = 7

export const LinkFieldsSchema = Type.Object(
  {
    // Printable ASCII, as RFC 3986 has it: the text goes into a header as it stands.
    url: Type.String({ pattern: '^https?://[A-Za-z0-9\\[][!-~]*$', maxLength: 2048 }),
  },
  { additionalProperties: false },
)

export const LinkSchema = Type.Object({ code: Type.String(), url: Type.String() })

export const LinkPathSchema = Type.Object({
  code: Type.String({ pattern: `^[0-9a-z]{${codeLength}}$` }),
})

/** A random code of seven digits of base 36: 78 thousand million of them, so none can be guessed from another. */
export const randomCode = (): string =>
  randomInt(base ** codeLength)
    .toString(base)
    .padStart(codeLength, '0')
