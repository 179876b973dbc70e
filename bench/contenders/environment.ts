/** The variables that every server of ours and every peer is started with. */
import type { Site } from '../contender.ts'
import { jwtSecret } from '../data/token.ts'

/** @param address where to listen */
export const environmentOf = (
  {
    databaseUrl,
    databaseSocket = '',
    upstreamUrl = '',
  }: Pick<Site, 'databaseUrl' | 'databaseSocket' | 'upstreamUrl'>,
  { port, host = '127.0.0.1' }: { readonly port: number; readonly host?: string },
): Record<string, string> => ({
  PORT: String(port),
  HOST: host,
  DATABASE_URL: databaseUrl,
  // What is empty is unset: the user's own variable of that name is not meant.
  DATABASE_SOCKET: databaseSocket,
  UPSTREAM_URL: upstreamUrl,
  JWT_SECRET: jwtSecret,
})
