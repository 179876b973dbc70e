/** Flags of Node that a profile asks for: a process that runs without them is started again with them. */
import { GapwiseError } from './errors.ts'

/** What a process tells of its own start. */
export interface Start {
  readonly execPath: string
  /** The flags of Node that it runs with. */
  readonly execArgv: readonly string[]
  /** Node, script and arguments. */
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

/** How to start it again. */
export interface Restart {
  readonly file: string
  readonly args: string[]
  readonly env: Record<string, string>
}

/** Tells the process that it has been started again, so that it never is for ever. */
const restarted = 'GAPWISE_RESTARTED'

/**
 * @param flags that the process should run with
 * @returns undefined when it runs with all of them
 * @throws GapwiseError internal NODE_FLAGS when it was started with them and yet does not have them
 */
export function restartWith(flags: readonly string[], start: Start): Restart | undefined {
  const missing = flags.filter((flag) => !start.execArgv.includes(flag))
  if (missing.length === 0) return undefined
  if (start.env[restarted] !== undefined) {
    throw new GapwiseError(
      'internal',
      'NODE_FLAGS',
      `Expected Node to run with ${missing.join(' ')} after it was started again, found "${start.execArgv.join(' ')}". Unset ${restarted} if it was set by hand.`,
    )
  }
  const set = Object.entries({ ...start.env, [restarted]: '1' }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return {
    file: start.execPath,
    args: [start.execPath, ...start.execArgv, ...missing, ...start.argv.slice(1)],
    env: Object.fromEntries(set),
  }
}

/**
 * For a platform that cannot replace a process by another one, such as Windows.
 * @param flags that the profile asks for
 * @param cause what execve threw, where there is one
 */
export const cannotRestart = (flags: readonly string[], cause?: unknown): GapwiseError =>
  new GapwiseError(
    'environment',
    'NODE_FLAGS_UNSUPPORTED',
    `This profile needs Node with ${flags.join(' ')}, and Node on this platform cannot start itself again in the same process, as execve does. Start it with them: node ${flags.join(' ')} src/main.ts PROFILE.`,
    { cause },
  )
