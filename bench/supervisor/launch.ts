/** Builds the command line that starts a child: its program found, in its cgroup, on its cores. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { GapwiseError } from '../../src/errors.ts'
import { procsFile } from '../cpu-meters/cgroup.ts'
import type { ChildSpec } from '../supervisor.ts'

/** How to call a program, ready for spawn. */
export interface Launch {
  readonly file: string
  readonly args: readonly string[]
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** The full path of a program given by path or by a name on PATH, or undefined. */
export const findExecutable = (
  command: string,
  { path = process.env['PATH'] ?? '', cwd = process.cwd() } = {},
): string | undefined => {
  const candidates = command.includes('/')
    ? [isAbsolute(command) ? command : resolve(cwd, command)]
    : path.split(delimiter).flatMap((dir) => (dir ? [join(dir, command)] : []))
  return candidates.find(isExecutable)
}

const mustFind = (spec: ChildSpec, command: string): string => {
  const path = spec.env?.['PATH']
  const found = findExecutable(command, {
    ...(path === undefined ? {} : { path }),
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
  })
  if (found) return found
  throw new GapwiseError(
    'environment',
    'COMMAND_NOT_FOUND',
    `expected the program "${command}" to start ${spec.name}, but ` +
      (command.includes('/') ? 'no such executable file exists' : 'it is not on PATH') +
      `; install it${command.includes('/') ? '' : ' or add its folder to PATH'}`,
  )
}

/**
 * The command line of a child. Every step replaces itself by the next (exec), so the pid stays the child's own.
 * @param cgroup folder of the cgroup to join before the program starts, so that no CPU time is missed
 * @throws GapwiseError `environment` COMMAND_NOT_FOUND
 */
export const launchOf = (spec: ChildSpec, cgroup: string | undefined): Launch => {
  if (spec.cwd !== undefined && !statSync(spec.cwd, { throwIfNoEntry: false })?.isDirectory()) {
    throw new GapwiseError(
      'environment',
      'COMMAND_NOT_FOUND',
      `expected a folder at ${spec.cwd} to start ${spec.name} in, but there is none; make it first`,
    )
  }
  let line = [mustFind(spec, spec.command), ...spec.args]
  if (spec.cores) line = [mustFind(spec, 'taskset'), '--cpu-list', spec.cores.join(','), ...line]
  if (cgroup) line = ['/bin/sh', '-c', 'echo $$ > "$0" && exec "$@"', procsFile(cgroup), ...line]
  const [file = '', ...args] = line
  return { file, args }
}
