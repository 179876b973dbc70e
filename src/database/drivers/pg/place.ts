/** A place for one connection of pg, outside of its pool. */
import { Client } from 'pg'
import type { Session } from '../../../database.ts'
import type { Place, PlaceSettings } from '../../place.ts'
import { pgSession } from './query.ts'

/** What PostgreSQL calls a lost connection; pg's own words for it have no code. */
const connectionFailure = '08006'
/** SQLSTATE classes after which PostgreSQL closes the connection. */
const ofConnection = /^(08|57P)/

interface Link {
  readonly session: Session
  end(): Promise<void>
}

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

export function openPgPlace(settings: PlaceSettings): Place {
  let link: Link | undefined
  const open = (): Link => {
    const opened = openLink(settings, () => {
      if (link === opened) link = undefined
    })
    return opened
  }
  return {
    session: () => (link ??= open()).session,
    discard() {
      const discarded = link
      link = undefined
      // It may be dead already, and nobody waits for it.
      void discarded?.end().catch(() => {})
    },
    close: async () => {
      await link?.end()
    },
  }
}
