/** Looks for what nothing can be measured without: Node, PostgreSQL, a cache folder, a way to choose cores. */
import { nativeFolder, openBinaries } from '../services/postgres/binaries.ts'
import { findAccount } from '../services/postgres/account.ts'
import { cacheDir } from '../supervisor/cache-dir.ts'
import { findExecutable } from '../supervisor/launch.ts'
import { isAtLeast } from '../toolchain.ts'
import { judged, type Finding } from '../doctor.ts'

/** As `engines` of package.json has it. */
const leastNode = '24.12'

/** What was seen of PostgreSQL: its version, or the sentence that says why it cannot run. */
export type PostgresLook = { readonly version: string } | { readonly trouble: string }

/** What is needed, as it was seen. */
export interface NeededFacts {
  /** Without the `v`. */
  readonly node: string
  readonly platform: NodeJS.Platform
  readonly postgres: PostgresLook
  /** DATABASE_URL or --database-url is given, so that the embedded server is not needed. */
  readonly externalDatabase: boolean
  /** Why the cache folder cannot be written, where it cannot. */
  readonly cacheTrouble: string | undefined
  readonly taskset: boolean
  /** Cores that this process may use. */
  readonly cores: number
}

/** The message of what failed: errors of ours hold the cure already. */
const troubleOf = (look: () => void): string | undefined => {
  try {
    look()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const lookAtPostgres = (): PostgresLook => {
  let version = ''
  const trouble = troubleOf(() => {
    findAccount()
    version = openBinaries(nativeFolder(), cacheDir('postgres')).version
  })
  return trouble === undefined ? { version } : { trouble }
}

/** Reads this machine. */
export const readNeeded = (externalDatabase: boolean, cores: number): NeededFacts => {
  const cacheTrouble = troubleOf(() => cacheDir())
  return {
    node: process.versions.node,
    platform: process.platform,
    postgres:
      cacheTrouble === undefined ? lookAtPostgres() : { trouble: 'the cache folder is missing' },
    externalDatabase,
    cacheTrouble,
    taskset: findExecutable('taskset') !== undefined,
    cores,
  }
}

const postgresFinding = ({ postgres, externalDatabase }: NeededFacts): Finding => {
  if ('version' in postgres) return judged('needed', 'postgres', `${postgres.version} (embedded)`)
  return judged('needed', 'postgres', 'the embedded server cannot run', {
    state: externalDatabase ? 'note' : 'fatal',
    cure: `${postgres.trouble}${externalDatabase ? ' (a server of your own is given, which is used)' : ''}`,
  })
}

/** Judges what is needed. */
export const judgeNeeded = (facts: NeededFacts): Finding[] => {
  const { node, platform, cacheTrouble, taskset, cores } = facts
  return [
    judged(
      'needed',
      'node',
      `v${node}`,
      isAtLeast(node, leastNode)
        ? undefined
        : {
            state: 'fatal',
            cure: `Node ${leastNode} or newer is needed: inside the project "npm run gapwise -- ..." uses the one that it pins (npm ci), else install it from https://nodejs.org.`,
          },
    ),
    judged(
      'needed',
      'system',
      platform,
      platform === 'linux'
        ? undefined
        : {
            state: 'note',
            cure: 'CPU time, cores and what else runs are only read on Linux: there is no cost here, only requests/s.',
          },
    ),
    postgresFinding(facts),
    judged(
      'needed',
      'cache',
      cacheTrouble === undefined ? 'can be written' : 'cannot be written',
      cacheTrouble === undefined ? undefined : { state: 'fatal', cure: cacheTrouble },
    ),
    // With one core nothing is put on cores, and taskset is not called.
    ...(platform === 'linux' && cores > 1
      ? [
          judged(
            'needed',
            'taskset',
            taskset ? 'found' : 'not found',
            taskset
              ? undefined
              : {
                  state: 'fatal',
                  cure: 'It puts servers and generator on cores of their own. On Debian or Ubuntu: apt-get install util-linux.',
                },
          ),
        ]
      : []),
  ]
}
