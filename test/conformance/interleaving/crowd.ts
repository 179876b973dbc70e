/** Many clients at once, and connections to the database that are ended meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Picker, picker } from '../../../bench/data/picker.ts'
import { openClient } from '../../helpers/client.ts'
import { type TestPostgres, terminateConnections } from '../../helpers/test-postgres.ts'
import { type Found, openVisitor } from './found.ts'
import { openVisits } from './visits.ts'
import type { Watched } from './watched.ts'

export const visitors = 40
/** Each visit is one request or a few. */
export const visits = 25
const shownProblems = 10

/** How often at least; and at most, where that does no harm. */
const leastEndings = 8
const mostEndings = 200

/** Ends all connections of a database now and then, until that was felt; returns how many there were. */
async function endNowAndThen(
  admin: TestPostgres['admin'],
  databaseUrl: string,
  found: Found,
  random: Picker,
): Promise<number> {
  let ended = 0
  for (let each = 0; each < leastEndings || (found.failures === 0 && each < mostEndings); each++) {
    await sleep(20 + random.below(120))
    ended += await terminateConnections(admin, databaseUrl)
  }
  return ended
}

/** What a crowd goes to. */
export interface Visited {
  readonly url: URL
  readonly databaseUrl: string
  readonly admin: TestPostgres['admin']
  readonly seed: number
  /** Where the server runs in this process. */
  readonly watched?: Watched
}

/**
 * All clients make their visits at once.
 * @param mayFail connections are ended now and then, and visits go on until that is over
 * @returns how many connections were ended
 */
export async function visitAll(
  { url, databaseUrl, admin, seed, watched }: Visited,
  found: Found,
  mayFail: boolean,
): Promise<number> {
  await using client = openClient(url, visitors + 10)
  const endings = { goOn: mayFail }
  const ending = mayFail
    ? endNowAndThen(admin, databaseUrl, found, picker(seed))
    : Promise.resolve(0)
  void ending.finally(() => (endings.goOn = false))
  await Promise.all(
    Array.from({ length: visitors }, async (_, index) => {
      const visitor = openVisitor(client, found, picker(seed + index), `v${index}`, mayFail)
      const visit = openVisits(visitor, watched)
      for (let each = 0; each < visits || endings.goOn; each++) await visit()
    }),
  )
  return ending
}

/** The first problems, which are enough to see what is wrong. */
export const firstOf = (problems: readonly string[]): readonly string[] =>
  problems.slice(0, shownProblems)
