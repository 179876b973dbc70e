/** Schemas that the description of the API names once and refers to. */
import type { TSchema } from '@sinclair/typebox'
import { ProblemSchema } from '../problem.ts'
import { UserFieldsSchema, UserSchema } from '../users.ts'
import { WorldSchema } from '../world.ts'

export const namedSchemas: ReadonlyMap<TSchema, string> = new Map<TSchema, string>([
  [ProblemSchema, 'Problem'],
  [UserSchema, 'User'],
  [UserFieldsSchema, 'UserFields'],
  [WorldSchema, 'World'],
])

/** A schema with references in place of what has a name, alone or as the items of a list. */
export function withReferences(schema: TSchema): object {
  const name = namedSchemas.get(schema)
  if (name !== undefined) return { $ref: `${name}#` }
  const items = schema['items'] as TSchema | undefined
  return items !== undefined && namedSchemas.has(items)
    ? { ...schema, items: withReferences(items) }
    : schema
}
