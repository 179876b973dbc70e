/** Clients made of undici from npm, which fetch wraps in web streams and the rules of browsers. */
import { Agent, Pool, request, type Dispatcher } from 'undici'
import {
  failedError,
  lateError,
  type MakeUpstream,
  mostUpstreamBytes,
  noUpstream,
  type Upstream,
  UpstreamError,
  upstreamTimeoutMs,
} from '../upstream.ts'

/** Sends one request; the signal ends it. */
type Send = (path: string, signal: AbortSignal) => Promise<Dispatcher.ResponseData>

// One deadline covers the whole answer, so the phases' own limits are off, but for the one that
// it does not reach: an attempt to connect goes on after the request that wanted it was given up.
const limits = {
  connectTimeout: upstreamTimeoutMs,
  headersTimeout: 0,
  bodyTimeout: 0,
  maxResponseSize: mostUpstreamBytes,
} as const

/** Reads an answer that nobody wants, for a while: then its connection can serve again. */
const discard = (body: Dispatcher.ResponseData['body']): Promise<void> =>
  body
    .dump({ limit: mostUpstreamBytes, signal: AbortSignal.timeout(upstreamTimeoutMs) })
    // It has failed already, whatever becomes of the rest.
    .catch(() => undefined)

async function ask(send: Send, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    const { statusCode, body } = await send(path, signal)
    if (statusCode === 200) return await body.json()
    void discard(body)
    throw failedError(path, `answered ${statusCode}`)
  } catch (cause) {
    throw cause instanceof UpstreamError ? cause : failedError(path, 'failed', { cause })
  }
}

const upstreamOf = (send: Send, dispatcher: Dispatcher): Upstream => ({
  async get(path) {
    const abort = new AbortController()
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      const error = lateError(path)
      // undici looks at the signal of a request that waits for a connection only when it gets one.
      late.reject(error)
      abort.abort(error)
    }, upstreamTimeoutMs)
    try {
      return await Promise.race([ask(send, path, abort.signal), late.promise])
    } finally {
      clearTimeout(timer)
    }
  },
  close: () => dispatcher.close(),
})

/** `request()` for each call, over an agent that opens as many connections as there are calls at once. */
export const makeUndiciRequest: MakeUpstream = (url) => {
  if (url === undefined) return noUpstream
  const agent = new Agent(limits)
  return upstreamOf(
    (path, signal) => request(new URL(path, url), { dispatcher: agent, signal }),
    agent,
  )
}

/** @param connections the most that the pool opens; further calls wait for one */
export const makeUndiciPool =
  (connections: number): MakeUpstream =>
  (url) => {
    if (url === undefined) return noUpstream
    const pool = new Pool(new URL(url).origin, { ...limits, connections, pipelining: 1 })
    return upstreamOf((path, signal) => pool.request({ method: 'GET', path, signal }), pool)
  }
