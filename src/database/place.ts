/** The contract of a driver's single connection: what is left of it outside of the server's own thread. */
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
