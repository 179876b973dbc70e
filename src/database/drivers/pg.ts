/** Driver `pg` through @fastify/postgres: one opener per way to hold connections, loaded only when used. */
import type { ConnectionSettings, Connections, Driver, Hold } from '../../database.ts'

const openers: Record<Hold, () => Promise<(settings: ConnectionSettings) => Promise<Connections>>> =
  {
    pooled: async () => (await import('./pg/pooled.ts')).openPooled,
    'per-request': async () => (await import('./pg/per-request.ts')).openPerRequest,
    pipelined: async () => (await import('./pg/pipelined.ts')).openPipelined,
    blocking: async () => {
      const { openBlocking } = await import('../blocking.ts')
      return (settings) => openBlocking(settings, new URL('./pg/thread.ts', import.meta.url))
    },
  }

export const pgDriver: Driver = {
  name: 'pg',
  open: async (settings) => (await openers[settings.hold]())(settings),
}
