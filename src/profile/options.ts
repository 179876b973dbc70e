/** Fills in and checks the options of one toggle; every error names where they were written and what is allowed. */
import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../errors.ts'
import type { Toggle } from '../toggle.ts'
import { isProfileFile } from './spec.ts'

/** What was written for a toggle, and in which profile; `command line` for bends. */
export interface Setting {
  readonly value: unknown
  readonly origin: string
}

/** The file of a profile as a person would look for it. */
export const fileOf = (profile: string): string =>
  isProfileFile(profile) ? profile : `profiles/${profile}.json`

const placeOf = (toggle: Toggle, origin: string): string =>
  origin === 'command line' ? `+${toggle.name}` : `${fileOf(origin)}: /toggles/${toggle.name}`

/** What one option takes, in words: `"cores", "twice-cores-plus-one" or a whole number from 2 to 64`. */
export function takes(schema: TSchema): string {
  if (Array.isArray(schema['anyOf'])) {
    const choices = (schema['anyOf'] as TSchema[]).map(takes)
    return [choices.slice(0, -1).join(', '), choices.at(-1)].join(' or ')
  }
  if (schema['const'] !== undefined) return JSON.stringify(schema['const'])
  if (schema['type'] !== 'integer') return String(schema['type'])
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number }
  const from = minimum === undefined ? '' : ` from ${minimum}`
  return `a whole number${from}${maximum === undefined ? '' : ` to ${maximum}`}`
}

const allowed = ({ name, options }: Toggle): string => {
  const lines = Object.entries(options.properties).map(
    ([option, schema]) => `${option} (${takes(schema)})`,
  )
  return lines.length === 0 ? `${name} takes no options.` : `Options: ${lines.join('; ')}.`
}

/**
 * All options of a toggle that is on.
 * @throws GapwiseError usage BAD_OPTIONS
 */
export function fillOptions(toggle: Toggle, { value, origin }: Setting): Record<string, unknown> {
  const where = placeOf(toggle, origin)
  if (value !== true && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw new GapwiseError(
      'usage',
      'BAD_OPTIONS',
      `${where}: expected true, false or an object of options, found ${JSON.stringify(value)}.`,
    )
  }
  const options = Value.Default(
    toggle.options,
    value === true ? {} : structuredClone(value),
  ) as Record<string, unknown>
  const error = Value.Errors(toggle.options, options).First()
  if (error === undefined) return options
  throw new GapwiseError(
    'usage',
    'BAD_OPTIONS',
    `${where}${error.path}: found ${JSON.stringify(error.value)}, which is not allowed. ${allowed(toggle)}`,
  )
}
