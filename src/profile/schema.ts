/** The JSON schema of profile files, made from the toggles themselves: editors complete and explain names and options. */
import { Type, type TSchema } from '@sinclair/typebox'
import { ProfileFileSchema } from '../profile.ts'
import type { Toggle } from '../toggle.ts'

/** What an editor shows beside a toggle's name. */
const describe = ({ summary, tradeoff, anti }: Toggle): string =>
  `${anti === true ? 'A bad habit, kept to be measured. ' : ''}${summary} Tradeoff: ${tradeoff}`

/**
 * The schema of `profiles/*.json`.
 * @param toggles every toggle there is
 * @param profiles every profile's name, for `extends`
 */
export function profileSchema(toggles: readonly Toggle[], profiles: readonly string[]): TSchema {
  const switches = Object.fromEntries(
    toggles.map((toggle) => [
      toggle.name,
      Type.Optional(
        Type.Union(
          [Type.Boolean(), Type.Partial(toggle.options, { additionalProperties: false })],
          {
            description: describe(toggle),
          },
        ),
      ),
    ]),
  )
  return Type.Composite(
    [
      Type.Omit(ProfileFileSchema, ['toggles', 'extends']),
      Type.Object({
        extends: Type.Optional(
          Type.Union(
            profiles.map((name) => Type.Literal(name)),
            { description: 'The profile whose toggles this one starts from.' },
          ),
        ),
        toggles: Type.Object(switches, { additionalProperties: false }),
      }),
    ],
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'A gapwise profile',
      additionalProperties: false,
    },
  )
}
