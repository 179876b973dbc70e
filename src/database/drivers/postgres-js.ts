/** Driver `postgres` (porsager): one opener per way to hold connections. */
import type { ConnectionSettings, Connections, Driver, Hold, Session } from '../../database.ts'
import { openPlace } from './postgres-js/place.ts'

/** No query is sent on a connection that still owes an answer. */
const noPipeline = 0
/** How many unanswered queries the library itself allows on a connection. */
const libraryPipeline = 100

const closeAll = async (places: readonly { close(): Promise<void> }[]): Promise<void> => {
  await Promise.all(places.map((place) => place.close()))
}

/** A connection serves one session at a time. */
function openPooled(settings: ConnectionSettings): Connections {
  const places = Array.from({ length: settings.max }, () => openPlace(settings, noPipeline))
  const free = [...places]
  const waiting: ((place: (typeof places)[number]) => void)[] = []
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const place =
      free.pop() ?? (await new Promise<(typeof places)[number]>((resolve) => waiting.push(resolve)))
    try {
      return await work(place.session())
    } finally {
      const next = waiting.shift()
      if (next === undefined) free.push(place)
      else next(place)
    }
  }
  return {
    query: (statement, values) => withSession((session) => session.query(statement, values)),
    withSession,
    close: () => closeAll(places),
  }
}

/** The library's own default: queries follow one another on a connection without waiting. */
function openPipelined(settings: ConnectionSettings): Connections {
  const places = Array.from({ length: settings.max }, () => ({
    ...openPlace(settings, libraryPipeline),
    inFlight: 0,
  }))
  const query: Session['query'] = async (statement, values) => {
    const place = places.reduce((best, each) => (each.inFlight < best.inFlight ? each : best))
    place.inFlight++
    try {
      return await place.session().query(statement, values)
    } finally {
      place.inFlight--
    }
  }
  return { query, withSession: (work) => work({ query }), close: () => closeAll(places) }
}

function openPerRequest(settings: ConnectionSettings): Connections {
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const place = openPlace(settings, noPipeline)
    try {
      return await work(place.session())
    } finally {
      await place.close()
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
