/** The quick start's client: Node's own fetch. */
import { type MakeUpstream, UpstreamError, upstreamTimeoutMs } from '../upstream.ts'

export const makeFetchUpstream: MakeUpstream = (url) => ({
  async get(path) {
    if (url === undefined) throw new UpstreamError('failed', 'UPSTREAM_URL is not set')
    try {
      const answer = await fetch(new URL(path, url), {
        signal: AbortSignal.timeout(upstreamTimeoutMs),
      })
      if (answer.status !== 200) {
        await answer.body?.cancel()
        throw new UpstreamError('failed', `${path} answered ${answer.status}`)
      }
      return await answer.json()
    } catch (cause) {
      if (cause instanceof UpstreamError) throw cause
      const timedOut = cause instanceof Error && cause.name === 'TimeoutError'
      throw new UpstreamError(timedOut ? 'timeout' : 'failed', `${path} failed`, { cause })
    }
  },
  close: async () => {},
})
