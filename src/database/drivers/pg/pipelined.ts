/** pg with a few shared connections that take a query before the previous one is answered. */
import type { PoolClient } from 'pg'
import type { ConnectionSettings, Connections, Session } from '../../../database.ts'
import { registerPool } from './pool.ts'
import { pgSession } from './query.ts'

/** One held connection; `session` is missing until it is first needed and after it was lost. */
interface Lane {
  inFlight: number
  session: Promise<Session> | undefined
  client: PoolClient | undefined
}

/**
 * `pool.query()` checks a connection out per query and so never pipelines (node-postgres#3738);
 * holding the pool's connections and sharing them does. Each query keeps its own Sync, so an error stays its own.
 */
export async function openPipelined(settings: ConnectionSettings): Promise<Connections> {
  const { pool } = await registerPool(settings, { pipeline: true })
  const lanes: Lane[] = Array.from({ length: settings.max }, () => ({
    inFlight: 0,
    session: undefined,
    client: undefined,
  }))

  const connect = async (lane: Lane): Promise<Session> => {
    const client = await pool.connect()
    lane.client = client
    client.once('error', (error) => {
      lane.session = undefined
      lane.client = undefined
      client.release(error)
    })
    return pgSession(client, settings.prepare)
  }

  const leastBusy = (): Lane =>
    lanes.reduce((best, lane) => (lane.inFlight < best.inFlight ? lane : best))

  const query: Session['query'] = async (statement, values) => {
    const lane = leastBusy()
    lane.inFlight++
    try {
      lane.session ??= connect(lane).catch((error: unknown) => {
        lane.session = undefined
        throw error
      })
      return await (await lane.session).query(statement, values)
    } finally {
      lane.inFlight--
    }
  }

  return {
    query,
    withSession: (work) => work({ query }),
    close: async () => {
      for (const lane of lanes) lane.client?.release()
    },
  }
}
