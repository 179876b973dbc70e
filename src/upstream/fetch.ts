/** The quick start's client: Node's own fetch. */
import {
  failedError,
  lateError,
  type MakeUpstream,
  mostUpstreamBytes,
  noUpstream,
  UpstreamError,
  upstreamTimeoutMs,
} from '../upstream.ts'

/** Reads a body that does not say how long it is, or that is packed, and stops when it gets too long. */
async function readCounted(body: ReadableStream<Uint8Array>, path: string): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > mostUpstreamBytes) throw failedError(path, 'answered too much')
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString())
}

async function readJson(answer: Response, path: string): Promise<unknown> {
  const { body, headers } = answer
  const length = headers.get('content-length')
  if (length !== null && Number(length) <= mostUpstreamBytes && !headers.has('content-encoding'))
    return await answer.json()
  if (body === null) throw failedError(path, 'answered without a body')
  return await readCounted(body, path)
}

export const makeFetchUpstream: MakeUpstream = (url) => {
  if (url === undefined) return noUpstream
  return {
    async get(path) {
      try {
        const answer = await fetch(new URL(path, url), {
          redirect: 'manual',
          signal: AbortSignal.timeout(upstreamTimeoutMs),
        })
        if (answer.status === 200) return await readJson(answer, path)
        await answer.body?.cancel()
        throw failedError(path, `answered ${answer.status}`)
      } catch (cause) {
        if (cause instanceof UpstreamError) throw cause
        if (cause instanceof Error && cause.name === 'TimeoutError')
          throw lateError(path, { cause })
        throw failedError(path, 'failed', { cause })
      }
    },
    // Its connections are Node's own and close when they have been idle for some seconds.
    close: async () => {},
  }
}
