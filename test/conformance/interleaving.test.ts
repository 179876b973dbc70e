/** Thousands of seeded requests of all kinds at once: no answer is wrong, swapped, stale or lost. */
import { isDeepStrictEqual } from 'node:util'
import t, { type Test } from 'tap'
import { openDatabase } from '../../bench/contract/probe/stage.ts'
import { picker } from '../../bench/data/picker.ts'
import { jwtSecret } from '../../bench/data/token.ts'
import { startApp } from '../helpers/start-app.ts'
import { upstreamOf } from '../helpers/start-process.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { firstOf, visitAll } from './interleaving/crowd.ts'
import { type Found, openFound } from './interleaving/found.ts'
import { openLateWay } from './interleaving/late.ts'
import { missingFrom, openWatched, sorted, type Watched, watching } from './interleaving/watched.ts'

const caches = 'row-cache+single-flight+payload-cache'
const specs = [
  'baseline+pipelined-queries',
  `baseline+read-batching+${caches}`,
  `baseline+pipelined-queries+prepared-statements+row-mode+read-batching+${caches}`,
  'baseline+orm+pipelined-queries+prepared-statements+row-cache',
  'baseline+postgres-js+parallel-queries+single-flight',
  'baseline+postgres-js+read-batching={"maxBatch":7,"inFlight":3}',
  `tuned+read-batching+${caches}`,
]
const faulty = [
  'baseline+pipelined-queries',
  'baseline+row-mode+parallel-queries+read-batching',
  'baseline+postgres-js+read-batching={"maxBatch":7,"inFlight":3}',
  `tuned+read-batching+${caches}`,
]

const seed = 20_261_121

t.setTimeout(300_000)
const { supervisor, postgres, admin } = await openTestPostgres(t)

async function countOrders(databaseUrl: string): Promise<number> {
  await using database = await openDatabase(databaseUrl)
  const [row] = await database.sql<{ count: number }>('SELECT count(*)::int AS count FROM orders')
  return row?.count ?? 0
}

function checkAnswers(t: Test, found: Found, watched: Watched): void {
  t.strictSame(firstOf(found.problems), [], 'every request is answered as it should be')
  t.strictSame(firstOf(watched.numbers.problems()), [], 'no row of world is stale or wrong')
  t.strictSame(firstOf(found.users.problems()), [], 'no user is stale or wrong')
  const unwritten = missingFrom(sorted(watched.written), sorted(found.updated))
  t.strictSame(firstOf(unwritten), [], 'updates that are answered are written')
  const unread = missingFrom(sorted(watched.read), sorted(found.read))
  t.strictSame(firstOf(unread), [], 'rows that are answered are read')
}

async function interleave(t: Test, spec: string, mayFail: boolean): Promise<void> {
  const databaseName = `${spec} ${mayFail}`
  const databaseUrl = await postgres.createDatabase(databaseName)
  const { url: upstreamUrl } = await upstreamOf(supervisor)
  const place = { databaseSocket: postgres.socketDir, upstreamUrl, jwtSecret }
  const watched = openWatched()
  await using way = await openLateWay(databaseUrl, picker(seed))
  const { url, witness, stop } = await startApp(t, spec, way.databaseUrl, place, [
    watching(watched),
  ])
  const found = openFound()
  const ended = await visitAll({ url, databaseUrl, admin, seed, watched }, found, mayFail)
  t.comment(`${found.answers} answers, ${found.failures} failures, ${ended} connections ended`)
  checkAnswers(t, found, watched)
  t.strictSame(witness.swaps, [], 'rows are in the order of the ids that were asked for')

  await stop()
  const orders = await countOrders(databaseUrl)
  if (mayFail) {
    t.ok(ended > 0 && found.failures > 0, 'the fault was felt')
    t.ok(found.failures < found.answers / 2, 'most were answered well all the same')
    t.ok(orders >= found.orders && orders <= found.ordersTried, 'what was answered was ordered')
  } else {
    t.ok(
      isDeepStrictEqual(sorted(found.updated), sorted(watched.written)),
      'what was written was answered',
    )
    t.equal(found.read.length + found.updated.length, watched.read.length, 'so was what was read')
    t.equal(orders, found.orders, 'every order stands once')
  }
  await postgres.dropDatabase(databaseName)
}

t.jobs = 2
for (const spec of specs) void t.test(spec, { buffered: true }, (t) => interleave(t, spec, false))
for (const spec of faulty)
  void t.test(`${spec}, its connections ended now and then`, { buffered: true }, (t) =>
    interleave(t, spec, true),
  )
