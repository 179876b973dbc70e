/** A driver's single connection: its contract, and what is the same for every driver. */
import type { ConnectionSettings, Session } from '../database.ts'

export type PlaceSettings = Pick<ConnectionSettings, 'url' | 'prepare'>

/** A place for one connection: opened when first needed, opened anew once it was lost. */
export interface Place {
  /** The live connection's session, or a new one's; it fails for good when its connection is lost. */
  session(): Session
  /** Never uses the present connection again: what it was left in is unknown. */
  discard(): void
  close(): Promise<void>
}

/** One connection, alive or lost. */
export interface Link {
  readonly session: Session
  end(): Promise<void>
}

/**
 * A place over a driver's way to connect.
 * @param openLink connects by and by; calls `onLost` before the query fails that was under way, and may call it again
 */
export function placeOver(openLink: (onLost: () => void) => Link): Place {
  let link: Link | undefined
  let closed = false
  const open = (): Link => {
    const opened = openLink(() => {
      if (link === opened) link = undefined
    })
    return opened
  }
  return {
    session() {
      if (closed) throw new Error('The server is closing its database connections.')
      link ??= open()
      return link.session
    },
    discard() {
      const discarded = link
      link = undefined
      // It may be dead already, and nobody waits for it.
      void discarded?.end().catch(() => {})
    },
    async close() {
      closed = true
      await link?.end()
    },
  }
}
