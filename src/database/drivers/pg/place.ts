/** A place for one connection of pg, outside of its pool. */
import { Client } from 'pg'
import { type Link, type Place, type PlaceSettings, placeOver } from '../../place.ts'
import { pgSession } from './query.ts'

/** What PostgreSQL calls a lost connection; pg's own words for it have no code. */
const connectionFailure = '08006'
/** SQLSTATE classes after which PostgreSQL closes the connection. */
const ofConnection = /^(08|57P)/

/** @param onLost called before the query fails that was under way */
function openLink({ url, prepare }: PlaceSettings, onLost: () => void): Link {
  const client = new Client({ connectionString: url })
  let lost = false
  const lose = (): void => {
    lost = true
    onLost()
  }
  // Unheard, an error of the connection would end the thread; the query under way has failed with it.
  client.on('error', lose).on('end', lose)
  const session = pgSession(client, prepare)
  const connected = client.connect()

  const told = (error: unknown): unknown => {
    if (!(error instanceof Error)) return error
    if (!('code' in error)) return lost ? Object.assign(error, { code: connectionFailure }) : error
    // Its close is seen a moment later, when the next query might have been sent.
    if (typeof error.code === 'string' && ofConnection.test(error.code)) lose()
    return error
  }

  return {
    session: {
      query: async (statement, values) => {
        try {
          await connected
        } catch (error) {
          lose()
          throw error
        }
        return session.query<never>(statement, values).catch((error: unknown) => {
          throw told(error)
        })
      },
    },
    end: () => client.end(),
  }
}

export const openPgPlace = (settings: PlaceSettings): Place =>
  placeOver((onLost) => openLink(settings, onLost))
