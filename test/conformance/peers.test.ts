/** Every peer answers as our own server does: otherwise it may not be compared with it. */
import t from 'tap'
import { parseContenders } from '../../bench/contenders/parse.ts'
import { loadPeer, peerNames } from '../../bench/peer.ts'
import { startProcess } from '../helpers/start-process.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { conform } from './conform.ts'

t.setTimeout(900_000)
const services = await openTestPostgres(t)
for (const name of peerNames()) {
  for (const [level, { connections }] of Object.entries((await loadPeer(name)).manifest.levels)) {
    const id = `${name}:${level}`
    const [contender] = await parseContenders([id])
    // A program that is missing, such as Go, is named with its cure.
    const skip = (await contender?.unavailable()) ?? false
    t.test(id, { skip }, (t) =>
      conform(t, id, services, async (databaseUrl) => ({
        ...(await startProcess(
          t,
          id,
          services.supervisor,
          databaseUrl,
          services.postgres.socketDir,
        )),
        maxConnections: connections,
      })),
    )
  }
}
