/** Driver `postgres` (porsager): one opener per way to hold connections. */
import postgres from 'postgres'
import type { ConnectionSettings, Connections, Driver, Hold, Session } from '../../database.ts'

type Sql = ReturnType<typeof postgres>

const connect = ({ url, prepare }: ConnectionSettings, max: number, maxPipeline: number): Sql =>
  // max_pipeline is an option of the library that its types do not list.
  postgres(url, { max, prepare, max_pipeline: maxPipeline, onnotice: () => {} } as Parameters<
    typeof postgres
  >[1])

const sessionOf = (sql: Pick<Sql, 'unsafe'>, prepare: boolean): Session => ({
  query: async <Row>(statement: { text: string }, values: readonly unknown[]) =>
    (await sql.unsafe(statement.text, values as never[], { prepare })) as unknown as Row[],
})

const endTimeoutSeconds = 5

/** No query is sent on a connection that still owes an answer. */
function openPooled(settings: ConnectionSettings): Connections {
  const sql = connect(settings, settings.max, 0)
  return {
    ...sessionOf(sql, settings.prepare),
    withSession: async (work) => {
      const reserved = await sql.reserve()
      try {
        return await work(sessionOf(reserved, settings.prepare))
      } finally {
        reserved.release()
      }
    },
    close: () => sql.end({ timeout: endTimeoutSeconds }),
  }
}

/** The library's own default: queries follow one another on a connection without waiting. */
function openPipelined(settings: ConnectionSettings): Connections {
  const libraryDefault = 100
  const sql = connect(settings, settings.max, libraryDefault)
  const session = sessionOf(sql, settings.prepare)
  return {
    ...session,
    withSession: (work) => work(session),
    close: () => sql.end({ timeout: endTimeoutSeconds }),
  }
}

function openPerRequest(settings: ConnectionSettings): Connections {
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const sql = connect(settings, 1, 0)
    try {
      return await work(sessionOf(sql, settings.prepare))
    } finally {
      await sql.end({ timeout: endTimeoutSeconds })
    }
  }
  return {
    query: (statement, values) => withSession((session) => session.query(statement, values)),
    withSession,
    close: async () => {},
  }
}

const openers: Record<Hold, (settings: ConnectionSettings) => Connections> = {
  pooled: openPooled,
  'per-request': openPerRequest,
  pipelined: openPipelined,
}

export const postgresJsDriver: Driver = {
  name: 'postgres-js',
  open: async (settings) => openers[settings.hold](settings),
}
