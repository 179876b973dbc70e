/** Every two database toggles that may live together, and the list of those that may not. */
import t from 'tap'
import { GapwiseError } from '../../src/errors.ts'
import { loadToggle, resolveProfile, toggleNames } from '../../src/profile/resolve.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { conformProfile } from './start.ts'

/** A pair that is refused is either no sensible profile, or one more toggle makes it one. */
const refused = {
  'blocking-call+connection-per-request':
    'TOGGLE_CLASH: a blocking call keeps its one connection, which nobody else could use',
  'blocking-call+database-pool':
    'TOGGLE_CLASH: while a call blocks nobody can make another, so one connection is all that is used',
  'blocking-call+pipelined-queries': 'TOGGLE_CLASH: while a call blocks nobody can send another',
  'connection-per-request+database-pool': 'TOGGLE_CLASH: without a pool there is nothing to size',
  'connection-per-request+parallel-queries':
    'TOGGLE_CLASH: one request for 500 rows would open 500 connections',
  'connection-per-request+pipelined-queries': 'TOGGLE_CLASH: both fill the slot connections.hold',
  'connection-per-request+prepared-statements':
    'TOGGLE_CLASH: a statement prepared on a connection that serves one request is never used again',
  'pipelined-queries+postgres-js':
    'TOGGLE_NEEDS: postgres.js asks for the parameter types of an unprepared statement first and so waits for each answer',
}

const services = await openTestPostgres(t)

const database: string[] = []
for (const name of toggleNames())
  if ((await loadToggle(name, 'test')).family === 'database') database.push(name)
const pairs = database.flatMap((one, index) =>
  database.slice(index + 1).map((other) => `${one}+${other}`),
)

/** Why the pair may not be, as code and reason; undefined when it may. */
async function refusal(pair: string): Promise<string | undefined> {
  try {
    await resolveProfile(`baseline+${pair}`)
    return undefined
  } catch (error) {
    if (!(error instanceof GapwiseError)) throw error
    const reason = /(?::|because) (.*?)\. (?:Switch|Add)/.exec(error.message)?.[1]
    return `${error.code}: ${reason}`
  }
}

const found: Record<string, string> = {}
t.jobs = 3
for (const pair of pairs) {
  const reason = await refusal(pair)
  if (reason !== undefined) found[pair] = reason
  const skip = reason ?? false
  void t.test(`baseline+${pair}`, { buffered: true, skip }, (t) =>
    conformProfile(t, `baseline+${pair}`, services),
  )
}
void t.test('a pair that needs a third toggle, with it', { buffered: true }, (t) =>
  conformProfile(t, 'baseline+pipelined-queries+postgres-js+prepared-statements', services),
)
void t.test('no other pair is refused', { buffered: true }, async (t) => {
  t.strictSame(found, refused)
})
