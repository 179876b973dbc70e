/** Opens the PostgreSQL server of a command: the one that the user names, else the embedded one. */
import type { Supervisor } from '../../supervisor.ts'
import type { Postgres } from '../postgres.ts'
import { openEmbedded } from './embedded.ts'
import { openExternal } from './external.ts'

export interface PostgresOrder {
  readonly supervisor: Supervisor
  /** From --database-url or DATABASE_URL; the embedded server when absent. */
  readonly databaseUrl?: string | undefined
  /** Gets lines for stderr about what takes long. */
  readonly progress: (line: string) => void
}

/**
 * Opens a server that has our template and can make databases from it.
 * @throws GapwiseError `environment` with the cure; see openEmbedded and openExternal
 */
export const openPostgres = ({
  supervisor,
  databaseUrl,
  progress,
}: PostgresOrder): Promise<Postgres> =>
  databaseUrl === undefined
    ? openEmbedded({ supervisor, progress })
    : openExternal({ supervisor, databaseUrl, progress })
