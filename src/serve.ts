/** One serving process: builds the app, listens, and stops when told. */
import { destination } from 'pino'
import { buildApp } from './app.ts'
import { drain } from './drain.ts'
import type { Environment } from './environment.ts'
import { GapwiseError } from './errors.ts'
import { identityOf } from './identity.ts'
import type { ResolvedProfile } from './profile.ts'
import type { Composition } from './slot.ts'

const isAddressInUse = (error: unknown): error is Error & { port: number } =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

/**
 * Serves until `signal` aborts.
 * @param allListen false while sibling workers are still starting
 * @param onListening gets the address once requests are answered
 * @throws GapwiseError environment PORT_IN_USE
 */
export async function serve(
  profile: ResolvedProfile,
  parts: Composition,
  environment: Environment,
  allListen: () => boolean,
  signal: AbortSignal,
  onListening: (address: string) => void,
): Promise<void> {
  const app = await buildApp(parts, {
    databaseUrl: environment.DATABASE_URL,
    databaseSocket: environment.DATABASE_SOCKET,
    upstreamUrl: environment.UPSTREAM_URL,
    jwtSecret: environment.JWT_SECRET,
    journal: destination(1),
    identity: identityOf(profile, parts.launch.workers, environment.GAPWISE_RUN_ID),
    ready: () => allListen() && !signal.aborted,
  })
  try {
    onListening(
      await app.listen({ ...parts.listen, host: environment.HOST, port: environment.PORT }),
    )
  } catch (error) {
    await app.close()
    if (!isAddressInUse(error)) throw error
    throw new GapwiseError(
      'environment',
      'PORT_IN_USE',
      `Port ${environment.PORT} on ${environment.HOST} is taken by another process. Stop it or choose another with --port (PORT).`,
      { cause: error },
    )
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await drain(app)
}
