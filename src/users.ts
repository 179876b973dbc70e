/** What users look like from outside: the fields that a client sends, the answer, and ids in paths. */
import { Type } from '@sinclair/typebox'

export const UserFieldsSchema = Type.Object(
  {
    username: Type.String({ pattern: '^[A-Za-z0-9_.-]{3,50}$', examples: ['ada'] }),
    email: Type.String({ format: 'email', maxLength: 254, examples: ['ada@example.com'] }),
    age: Type.Integer({ minimum: 18, maximum: 150, examples: [36] }),
  },
  { additionalProperties: false },
)

export const UserSchema = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  email: Type.String(),
  age: Type.Integer(),
  createdAt: Type.Unsafe<Date>({ type: 'string', format: 'date-time' }),
})

/** Up to ten digits; those beyond int4 are `parseUserId`'s business. */
export const UserPathSchema = Type.Object({
  id: Type.String({ pattern: '^[1-9][0-9]{0,9}$', examples: ['7'] }),
})

/** The greatest int4, which is what ids are in the database. */
export const greatestId = 2_147_483_647

/**
 * @param text digits, as `UserPathSchema` takes them
 * @returns undefined for a number that no row can have
 */
export function parseUserId(text: string): number | undefined {
  const id = Number(text)
  return id <= greatestId ? id : undefined
}
