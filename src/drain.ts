/** Graceful stop: keep answering what is in flight, then close, however long clients keep idle connections. */
import type { FastifyInstance } from 'fastify'

const idleSweepMs = 50

/**
 * Closes the app. `app.close()` alone waits for idle keep-alive connections (72 s by default);
 * sweeping them ends each as soon as its last answer is out.
 */
export async function drain(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), idleSweepMs)
  try {
    await app.close()
  } finally {
    clearInterval(sweep)
  }
}
