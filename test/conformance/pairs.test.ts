/** Every two toggles of a family that may live together, and the list of those that may not. */
import t, { type Test } from 'tap'
import type { Endpoint, Services } from '../../src/endpoint.ts'
import { GapwiseError } from '../../src/errors.ts'
import type { ResolvedProfile } from '../../src/profile.ts'
import { fillingsOf, loadToggle, resolveProfile, toggleNames } from '../../src/profile/resolve.ts'
import { loadMember, memberNames } from '../../src/registry.ts'
import type { SlotName } from '../../src/slot.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import type { Extent } from './conform.ts'
import { conformProfile } from './start.ts'

/** A pair that is refused is either no sensible profile, or one more toggle makes it one. */
const refused = {
  'blocking-call+connection-per-request':
    'TOGGLE_CLASH: a blocking call keeps its one connection, which nobody else could use',
  'blocking-call+database-pool':
    'TOGGLE_CLASH: while a call blocks nobody can make another, so one connection is all that is used',
  'blocking-call+pipelined-queries': 'TOGGLE_CLASH: while a call blocks nobody can send another',
  'bulk-update+orm': 'TOGGLE_CLASH: both fill the slot operations.updateWorlds',
  'compile-per-request+native-serializer': 'TOGGLE_CLASH: both fill the slot respond.serializer',
  'compile-per-request+response-schema': 'TOGGLE_CLASH: both fill the slot respond.serializer',
  'connection-per-request+database-pool': 'TOGGLE_CLASH: without a pool there is nothing to size',
  'connection-per-request+parallel-queries':
    'TOGGLE_CLASH: one request for 500 rows would open 500 connections',
  'connection-per-request+pipelined-queries': 'TOGGLE_CLASH: both fill the slot connections.hold',
  'connection-per-request+prepared-statements':
    'TOGGLE_CLASH: a statement prepared on a connection that serves one request is never used again',
  'hijacked-reply+preserialized-payload': 'TOGGLE_CLASH: both fill the slot respond.writer',
  'native-serializer+response-schema': 'TOGGLE_CLASH: both fill the slot respond.serializer',
  'orm+parallel-queries': 'TOGGLE_CLASH: both fill the slot operations.readWorlds',
  'payload-cache+single-flight':
    'TOGGLE_NEEDS: a row that is read anew each time has no text to be kept',
  'pipelined-queries+postgres-js':
    'TOGGLE_NEEDS: postgres.js asks for the parameter types of an unprepared statement first and so waits for each answer',
}

/** Pairs of the list that a third toggle makes possible. */
const withThird = [
  'pipelined-queries+postgres-js+prepared-statements',
  'payload-cache+single-flight+row-cache',
]

const withoutDatabase = [
  'cpu',
  'docs',
  'docs-files',
  'fanout',
  'healthz',
  'json',
  'openapi',
  'plaintext',
  'profile',
]

const endpointsFolder = new URL('../../src/endpoints/', import.meta.url)

/** Stands for whatever an endpoint asks of its services while it is set up. */
const anything: unknown = new Proxy(() => anything, { get: () => anything })

/** Names of the endpoints that use the database at all: they take their services at boot. */
async function usersOfDatabase(): Promise<Set<string>> {
  const users = new Set<string>()
  for (const name of memberNames(endpointsFolder)) {
    const endpoint = await loadMember<Endpoint>(endpointsFolder, name)
    const get = (_: Services, service: string | symbol): unknown => {
      if (service === 'database') users.add(name)
      return anything
    }
    endpoint.handler(new Proxy({} as Services, { get }))
  }
  return users
}

const users = await usersOfDatabase()
const aboutDatabase: Extent = { asks: (name) => users.has(name), whole: false }
const databaseSlots: ReadonlySet<string> = new Set<SlotName>([
  'address',
  'driver',
  'connections',
  'statements',
  'operations',
  'wrappers',
])

/**
 * Each toggle alone passes the whole suite on every endpoint (toggles.test.ts). Where both of a pair act in the
 * database's layers alone they cannot change how a request is read, or an endpoint that does not use the database.
 */
function extentOf(profile: ResolvedProfile): Extent | undefined {
  const slots = fillingsOf(profile).flatMap(({ fillings }) => Object.keys(fillings))
  return slots.every((slot) => databaseSlots.has(slot)) ? aboutDatabase : undefined
}

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

t.setTimeout(900_000)
const services = await openTestPostgres(t)

const toggles = await Promise.all(toggleNames().map((name) => loadToggle(name, 'test')))
const pairs = toggles.flatMap((one, index) =>
  toggles
    .slice(index + 1)
    .filter(({ family }) => family === one.family)
    .map((other) => `${one.name}+${other.name}`),
)

const found: Record<string, string> = {}
const conformPair = async (t: Test, pair: string): Promise<void> => {
  const spec = `baseline+${pair}`
  const profile = await resolveProfile(spec)
  const subsumed = profile.toggles.find(({ subsumedBy }) => subsumedBy !== undefined)
  if (subsumed === undefined) await conformProfile(t, spec, services, extentOf(profile))
  else
    t.strictSame(
      fillingsOf(profile).map(({ toggle }) => toggle),
      [subsumed.subsumedBy],
      `it is ${subsumed.subsumedBy} alone, which passes in toggles.test.ts`,
    )
}

t.jobs = 2
for (const pair of pairs) {
  const reason = await refusal(pair)
  if (reason !== undefined) found[pair] = reason
  const skip = reason ?? false
  void t.test(pair, { buffered: true, skip }, (t) => conformPair(t, pair))
}
for (const pair of withThird)
  void t.test(`${pair}, of which two need the third`, { buffered: true }, (t) =>
    conformPair(t, pair),
  )
void t.test('no other pair is refused', { buffered: true }, async (t) => {
  t.strictSame(found, refused)
})
void t.test('all endpoints but a few use the database', { buffered: true }, async (t) => {
  const others = memberNames(endpointsFolder).filter((name) => !users.has(name))
  t.strictSame(others, withoutDatabase)
})
