/** The Profile contract: a named set of toggles, as written in a file and as resolved for a server. */
import { Type, type Static } from '@sinclair/typebox'
import type { Toggle } from './toggle.ts'

const nameOptions = { pattern: '^[a-z][a-z0-9-]*$' }

/** A profile as its file holds it: loose, from outside. */
export const ProfileFileSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    description: Type.String({
      minLength: 1,
      description: 'One sentence: what this profile stands for.',
    }),
    extends: Type.Optional(
      Type.String({
        ...nameOptions,
        description: 'The profile whose toggles this one starts from.',
      }),
    ),
    toggles: Type.Record(Type.String(nameOptions), Type.Unknown(), {
      description: 'true or options switch a toggle on, false switches an inherited one off.',
    }),
  },
  { additionalProperties: false },
)
export type ProfileFile = Static<typeof ProfileFileSchema>

/** A toggle that is on, with every option filled in, and where that was decided. */
export interface ActiveToggle {
  readonly toggle: Toggle
  readonly options: Readonly<Record<string, unknown>>
  /** The profile that set it, or `command line`. */
  readonly origin: string
  /** Set when another toggle that is on makes this one pointless; it then fills no slot. */
  readonly subsumedBy?: string
}

/** A profile ready to be built: strict, nothing left to check. */
export interface ResolvedProfile {
  /** As asked for: `tuned`, `baseline+workers`. */
  readonly name: string
  readonly description: string
  readonly toggles: readonly ActiveToggle[]
}

/** The effective toggles as plain data: what GET /profile answers and result files keep. */
export const effectiveToggles = (profile: ResolvedProfile): Record<string, unknown> =>
  Object.fromEntries(profile.toggles.map(({ toggle, options }) => [toggle.name, options]))
