/** Graceful stop: keep answering what is in flight, then close, however long clients keep idle connections. */
import type { FastifyInstance } from 'fastify'

const idleSweepMs = 50
/** A little less than the 5 s after which whoever asked for the stop may lose patience. */
const longestDrainMs = 4000

/**
 * Closes the app. `app.close()` alone waits for idle keep-alive connections (72 s by default);
 * sweeping them ends each as soon as its last answer is out. A client that never finishes its request
 * is not waited for longer than `patienceMs`.
 */
export async function drain(
  app: FastifyInstance,
  patienceMs: number = longestDrainMs,
): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), idleSweepMs)
  const deadline = setTimeout(() => app.server.closeAllConnections(), patienceMs)
  try {
    await app.close()
  } finally {
    clearInterval(sweep)
    clearTimeout(deadline)
  }
}
