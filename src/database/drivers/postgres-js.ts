/** Driver `postgres` (porsager): one opener per way to hold connections. */
import type { ConnectionSettings, Connections, Driver, Hold, Session } from '../../database.ts'
import { Lanes } from '../lanes.ts'
import type { Place } from '../place.ts'
import { inTransaction } from '../transaction.ts'
import { noPipeline, openPlace } from './postgres-js/place.ts'

/** How many unanswered queries the library itself allows on a connection. */
const libraryPipeline = 100

async function placeTransaction<T>(
  place: Place,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return inTransaction(place.session(), work, () => place.discard())
}

const closeAll = async (places: readonly { close(): Promise<void> }[]): Promise<void> => {
  await Promise.all(places.map((place) => place.close()))
}

/** A connection serves one session at a time. */
function openPooled(settings: ConnectionSettings): Connections {
  const places = Array.from({ length: settings.max }, () => openPlace(settings, noPipeline))
  const free = [...places]
  const waiting: ((place: Place) => void)[] = []
  const withPlace = async <T>(work: (place: Place) => Promise<T>): Promise<T> => {
    const place = free.pop() ?? (await new Promise<Place>((resolve) => waiting.push(resolve)))
    try {
      return await work(place)
    } finally {
      const next = waiting.shift()
      if (next === undefined) free.push(place)
      else next(place)
    }
  }
  const withSession: Connections['withSession'] = (work) =>
    withPlace(async (place) => work(place.session()))
  return {
    query: (statement, values) => withSession((session) => session.query(statement, values)),
    withSession,
    transaction: (work) => withPlace((place) => placeTransaction(place, work)),
    close: () => closeAll(places),
  }
}

/** The library's own default: queries follow one another on a connection without waiting. */
function openPipelined(settings: ConnectionSettings): Connections {
  const lanes = new Lanes(
    Array.from({ length: settings.max }, () => ({
      ...openPlace(settings, libraryPipeline),
      inFlight: 0,
    })),
  )
  const query: Session['query'] = (statement, values) =>
    lanes.ride((lane) => lane.session().query(statement, values))
  return {
    query,
    withSession: (work) => work({ query }),
    transaction: (work) => lanes.alone((lane) => placeTransaction(lane, work)),
    close: () => closeAll(lanes.all),
  }
}

function openPerRequest(settings: ConnectionSettings): Connections {
  const withPlace = async <T>(work: (place: Place) => Promise<T>): Promise<T> => {
    const place = openPlace(settings, noPipeline)
    try {
      return await work(place)
    } finally {
      await place.close()
    }
  }
  const withSession: Connections['withSession'] = (work) =>
    withPlace(async (place) => work(place.session()))
  return {
    query: (statement, values) => withSession((session) => session.query(statement, values)),
    withSession,
    transaction: (work) => withPlace((place) => placeTransaction(place, work)),
    close: async () => {},
  }
}

const openers: Record<Hold, (settings: ConnectionSettings) => Connections | Promise<Connections>> =
  {
    pooled: openPooled,
    'per-request': openPerRequest,
    pipelined: openPipelined,
    blocking: async (settings) => {
      const { openBlocking } = await import('../blocking.ts')
      return openBlocking(settings, new URL('./postgres-js/thread.ts', import.meta.url))
    },
  }

export const postgresJsDriver: Driver = {
  name: 'postgres-js',
  open: async (settings) => openers[settings.hold](settings),
}
