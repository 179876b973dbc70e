/** pg with a few shared connections that take a query before the previous one is answered. */
import type { PoolClient } from 'pg'
import type { ConnectionSettings, Connections, Session } from '../../../database.ts'
import { Lanes } from '../../lanes.ts'
import { inTransaction } from '../../transaction.ts'
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
  const lanes = new Lanes<Lane>(
    Array.from({ length: settings.max }, () => ({
      inFlight: 0,
      session: undefined,
      client: undefined,
    })),
  )

  let closing = false

  /** Forgets the lane's connection and gives it back once, with the error that broke it. */
  const giveUp = (lane: Lane, error?: Error): void => {
    const { client } = lane
    lane.session = undefined
    lane.client = undefined
    client?.release(error)
  }

  const connect = async (lane: Lane): Promise<Session> => {
    let lost: Error | undefined
    const hear = (client: PoolClient): void => {
      client.once('error', (error) => {
        lost = error
        if (lane.client === client) giveUp(lane, error)
      })
    }
    const client = await new Promise<PoolClient>((resolve, reject) => {
      // By callback: a connection that is lost in the moment that a promise takes would stay in its lane for ever.
      pool.connect((error, connected) => {
        if (connected === undefined) {
          reject(error ?? new Error('no connection'))
          return
        }
        hear(connected)
        resolve(connected)
      })
    })
    if (lost !== undefined || closing) {
      client.release(lost)
      throw lost ?? new Error('the server is closing its connections')
    }
    lane.client = client
    return pgSession(client, settings.prepare)
  }

  const sessionOf = (lane: Lane): Promise<Session> =>
    (lane.session ??= connect(lane).catch((error: unknown) => {
      lane.session = undefined
      throw error
    }))

  // A lane's queries all wait for one promise of its session, so they are sent in the order in which they came.
  const query: Session['query'] = (statement, values) =>
    lanes.ride((lane) => sessionOf(lane).then((session) => session.query(statement, values)))

  const transaction: Connections['transaction'] = (work) =>
    lanes.alone(async (lane) =>
      inTransaction(await sessionOf(lane), work, (error) => giveUp(lane, error)),
    )

  return {
    query,
    withSession: (work) => work({ query }),
    transaction,
    close: async () => {
      // The pool waits for every client; one that is still connecting gives itself back.
      closing = true
      for (const lane of lanes.all) giveUp(lane)
    },
  }
}
