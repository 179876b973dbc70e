/** Every peer answers as our own server does: otherwise it may not be compared with it. */
import t, { type Test } from 'tap'
import { parseContenders } from '../../bench/contenders/parse.ts'
import { loadPeer, peerNames } from '../../bench/peer.ts'
import { mainLevels } from '../../bench/peer-word.ts'
import { startProcess } from '../helpers/start-process.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { conform, type Started } from './conform.ts'

/** While these wait for the database they do nothing else: what has come in meanwhile, they have not even read. */
const blocking: ReadonlySet<string> = new Set(['fastapi:blocking'])

t.setTimeout(1_800_000)
const services = await openTestPostgres(t)
for (const name of peerNames()) {
  for (const [level, { connections }] of Object.entries((await loadPeer(name)).manifest.levels)) {
    const id = `${name}:${level}`
    const [contender] = await parseContenders([id])
    // A program that is missing, such as Go, is named with its cure.
    const skip = (await contender?.unavailable()) ?? false
    const startFor =
      (t: Test) =>
      async (databaseUrl: string): Promise<Started> => ({
        ...(await startProcess(
          t,
          id,
          services.supervisor,
          databaseUrl,
          services.postgres.socketDir,
        )),
        maxConnections: connections,
        ...(blocking.has(id) ? { ordersAtOnce: 2, takesAtOnce: 1 } : {}),
      })
    // A step is the quick start but for one part.
    const extent = { asks: () => true, whole: mainLevels.includes(level) }
    t.test(id, { skip }, (t) => conform(t, id, services, startFor(t), extent))
  }
}
