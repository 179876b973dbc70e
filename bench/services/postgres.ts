/** The Postgres contract: the server that a command's contenders use, embedded or external. Members live in postgres/. */
import type { CpuMeter } from '../cpu-meter.ts'
import type { ServerProcess } from './postgres/processes.ts'

/** A PostgreSQL server with our template on it; disposing stops it, or removes our databases from an external one. */
export interface Postgres extends AsyncDisposable {
  /** As the server tells it: `18.4`. */
  readonly version: string
  /** The settings that bear on speed, as the server runs with them; for the result file. */
  readonly settings: Readonly<Record<string, string>>
  /** CPU time of all its processes; undefined for an external server. */
  readonly cpu: CpuMeter | undefined
  /** Its processes that live, by whose work they do; undefined for an external server. */
  readonly processes: (() => readonly ServerProcess[]) | undefined
  /** The folder of its unix socket, readable by this user; undefined for an external server. */
  readonly socketDir: string | undefined
  /** False for a server given by URL. */
  readonly embedded: boolean
  /** A URL with the right to make databases; it may hold a password, so it is never printed. */
  readonly adminUrl: string
  /**
   * Makes a fresh database with all our rows for one contender; an earlier one of this name is dropped, connections and all.
   * @param name any text: the contender's id
   * @returns its URL
   */
  createDatabase(name: string): Promise<string>
  /** Drops the database made for this name, connections and all; does nothing when there is none. */
  dropDatabase(name: string): Promise<void>
}
