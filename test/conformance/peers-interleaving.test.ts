/** The peers that keep rows and gather reads, under seeded requests of all kinds at once: no answer is wrong or stale. */
import t, { type Test } from 'tap'
import { parseContenders } from '../../bench/contenders/parse.ts'
import { picker } from '../../bench/data/picker.ts'
import { loadPeer, peerNames } from '../../bench/peer.ts'
import { startProcess } from '../helpers/start-process.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { firstOf, visitAll, visitors, visits } from './interleaving/crowd.ts'
import { openFound } from './interleaving/found.ts'
import { openLateWay } from './interleaving/late.ts'

const seed = 20_261_128

/** postgres.js 3.4.9 writes to a socket that it has given up (nextWrite in connection.js), and the process ends. */
const endsWithItsConnection: ReadonlySet<string> = new Set(['express', 'nest', 'node-http'])

t.setTimeout(600_000)
const { supervisor, postgres, admin } = await openTestPostgres(t)

async function interleave(t: Test, id: string, mayFail: boolean): Promise<void> {
  const databaseName = `${id} ${mayFail}`
  const databaseUrl = await postgres.createDatabase(databaseName)
  await using way = await openLateWay(databaseUrl, picker(seed))
  const { url, stop } = await startProcess(t, id, supervisor, way.databaseUrl)
  const found = openFound()
  const ended = await visitAll({ url, databaseUrl, admin, seed }, found, mayFail)
  t.comment(`${found.answers} answers, ${found.failures} failures, ${ended} connections ended`)
  // What a client hears of a lost connection is left to the framework: uvicorn, say, closes its connection.
  if (!mayFail)
    t.strictSame(firstOf(found.problems), [], 'every request is answered as it should be')
  t.strictSame(firstOf(found.users.problems()), [], 'no user is stale or wrong')
  t.ok(found.answers > visitors * visits)
  if (mayFail) t.ok(ended > 0 && found.failures > 0, 'the fault was felt')
  await stop()
  await postgres.dropDatabase(databaseName)
}

for (const name of peerNames()) {
  if (!('max' in (await loadPeer(name)).manifest.levels)) continue
  const id = `${name}:max`
  const [contender] = await parseContenders([id])
  // A program that is missing, such as Go, is named with its cure.
  const skip = (await contender?.unavailable()) ?? false
  t.test(id, { skip }, (t) => interleave(t, id, false))
  const skipFault = endsWithItsConnection.has(name)
    ? 'its driver may end the process when a connection is lost'
    : skip
  t.test(`${id}, its connections ended now and then`, { skip: skipFault }, (t) =>
    interleave(t, id, true),
  )
}
