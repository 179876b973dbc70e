/** A cache folder and a temp folder of a test's own, and what gapwise has left in them or running on them. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheDir } from '../../bench/supervisor/cache-dir.ts'
import { isZombie, processTable } from '../../bench/supervisor/process-table.ts'

export interface OwnHome {
  readonly cache: string
  readonly temp: string
  /** For spawned commands: nothing of tap, npm or the outer environment goes in. */
  readonly env: NodeJS.ProcessEnv
  /** Processes of ours, folders and run records that stand now. */
  leftovers(): string[]
  /** Leftovers once there are none, or what is there at the deadline. */
  untilClean(deadlineMs?: number): Promise<string[]>
  /** True while no command has opened a supervisor, so that nothing can have been started. */
  isUntouched(): boolean
}

const read = (look: () => string): string => {
  try {
    return look()
  } catch {
    return '' // gone, or another user's
  }
}

/** Command line, folder and environment of a process: one of them names the home of what was started in it. */
const traces = (pid: number): string =>
  read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) +
  read(() => readlinkSync(`/proc/${pid}/cwd`)) +
  read(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))

/** Processes that were started in this folder, by pid with their command line. */
const processesOf = (folder: string): Map<number, string> =>
  new Map(
    [...processTable().values()]
      .filter((entry) => entry.pid !== process.pid && !isZombie(entry))
      .filter(({ pid }) => traces(pid).includes(folder))
      .map(({ pid }) => [
        pid,
        read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' '),
      ]),
  )

/** Pids of processes of this home whose command line matches. */
export const pidsIn = ({ temp }: OwnHome, pattern: RegExp): number[] =>
  [...processesOf(join(temp, '..'))].flatMap(([pid, line]) => (pattern.test(line) ? [pid] : []))

const entriesOf = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []

/**
 * Makes a home that goes away with the test.
 * @param options.postgres lends the user's own PostgreSQL template, so that it is not made anew
 */
export function ownHome(
  t: { teardown(fn: () => unknown): unknown },
  { postgres = false } = {},
): OwnHome {
  // Short, because a socket's path must stay under 107 bytes.
  const folder = mkdtempSync('/tmp/gw-')
  chmodSync(folder, 0o755)
  const cache = join(folder, 'c')
  const temp = join(folder, 't')
  mkdirSync(temp)
  if (postgres) {
    mkdirSync(join(cache, 'gapwise'), { recursive: true })
    symlinkSync(cacheDir('postgres'), join(cache, 'gapwise', 'postgres'))
  }
  const leftovers = (): string[] => [
    ...[...processesOf(folder)].map(([pid, line]) => `${pid} ${line}`),
    ...entriesOf(temp).filter((path) => /\/gapwise-[^/]*$/.test(path)),
    ...entriesOf(join(cache, 'gapwise', 'runs')),
  ]
  t.teardown(() => {
    for (const pid of processesOf(folder).keys()) process.kill(pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  return {
    cache,
    temp,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      XDG_CACHE_HOME: cache,
      TMPDIR: temp,
    },
    leftovers,
    async untilClean(deadlineMs = 20_000) {
      const deadline = performance.now() + deadlineMs
      let left = leftovers()
      while (left.length > 0 && performance.now() < deadline) {
        await sleep(100)
        left = leftovers()
      }
      return left
    },
    isUntouched: () => !existsSync(join(cache, 'gapwise', 'runs')),
  }
}
