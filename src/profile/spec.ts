/** The way a profile is written on the command line: `tuned`, `baseline+workers`, `tuned~postgres-js`. */
import { GapwiseError } from '../errors.ts'

/** One bend: a toggle switched on with these options (`true` for the defaults), or off. */
export interface Bend {
  readonly toggle: string
  readonly setting: unknown
}

/** A profile and how it is bent. */
export interface ProfileSpec {
  /** A name, or the path of a file that ends in .json. */
  readonly profile: string
  readonly bends: readonly Bend[]
}

/** A sign that starts a bend is followed by a toggle's name and then by =, another sign, or the end; JSON never looks so. */
const bendStart = /(?=[+~][a-z][a-z0-9-]*(?:[=+~]|$))/

const usage = (code: string, message: string, cause?: unknown): GapwiseError =>
  new GapwiseError('usage', code, message, { cause })

function parseBend(part: string, spec: string): Bend {
  const [, sign, toggle = '', json] = /^([+~])([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(part) ?? []
  if (sign === '~') {
    if (json !== undefined) {
      throw usage(
        'BAD_SPEC',
        `"${part}" in "${spec}": ~ switches a toggle off and takes no options. Write ~${toggle}.`,
      )
    }
    return { toggle, setting: false }
  }
  if (json === undefined) return { toggle, setting: true }
  try {
    return { toggle, setting: JSON.parse(json) }
  } catch (cause) {
    throw usage(
      'BAD_SPEC',
      `"${part}" in "${spec}": the options after = must be JSON, e.g. '${toggle}={"max":4}' (quote it for the shell).`,
      cause,
    )
  }
}

/** Whether a profile is given as a file of the user's own rather than by name. */
export const isProfileFile = (profile: string): boolean => profile.endsWith('.json')

/**
 * Parses a profile as written on the command line.
 * @throws GapwiseError usage BAD_SPEC
 */
export function parseSpec(spec: string): ProfileSpec {
  const [profile = '', ...parts] = spec.split(bendStart)
  if (!isProfileFile(profile) && !/^[a-z][a-z0-9-]*$/.test(profile)) {
    throw usage(
      'BAD_SPEC',
      `"${spec}" is not a profile: expected a name or a .json file, bent if you like with +toggle or ~toggle, e.g. baseline+workers.`,
    )
  }
  return { profile, bends: parts.map((part) => parseBend(part, spec)) }
}
