/** Asks a contender single questions and takes whatever comes back as a finding, never as an exception. */
import type { IncomingHttpHeaders } from 'node:http'
import { Agent } from 'undici'
import type { Request } from '../../workload.ts'

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const connections = 4
const usualLimitMs = 10_000
/** What fits into the buffers of a socket is written whole before the answer comes. */
const longBodyLength = 32_768
const longBodyTries = 10
/** A Python server has a second of work for each, and a machine may have much else to do. */
const heavyFactor = 6

const isBrokenPipe = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EPIPE' || error.code === 'ECONNRESET' || error.code === 'UND_ERR_SOCKET')

/** A small client with a few connections; a check must not be a load. */
export class Client implements AsyncDisposable {
  readonly #baseUrl: URL
  readonly #agent: Agent
  readonly #limitMs: number

  /** @param limitMs how long each step of an answer may take */
  constructor(baseUrl: URL, limitMs: number = usualLimitMs) {
    this.#baseUrl = baseUrl
    this.#limitMs = limitMs
    this.#agent = new Agent({
      connections,
      pipelining: 1,
      connectTimeout: limitMs,
      headersTimeout: limitMs,
      bodyTimeout: limitMs,
    })
  }

  /**
   * A server may refuse a long body and close before it has read it all; whether the answer or the broken
   * pipe is seen first is chance, so such a request is tried again.
   * @param heavy it keeps a processor busy, so each step may take six times as long
   * @returns the answer, or in words why there was none
   */
  async ask(request: Request, heavy = false): Promise<Answer | string> {
    const tries = (request.body?.length ?? 0) > longBodyLength ? longBodyTries : 1
    for (let left = tries - 1; ; left--) {
      try {
        return await this.#send(request, heavy ? heavyFactor * this.#limitMs : this.#limitMs)
      } catch (error) {
        if (left > 0 && isBrokenPipe(error)) continue
        return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      }
    }
  }

  async #send({ method, path, headers = {}, body }: Request, limitMs: number): Promise<Answer> {
    const answer = await this.#agent.request({
      origin: this.#baseUrl.origin,
      path: this.#baseUrl.pathname.replace(/\/$/, '') + path,
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      headersTimeout: limitMs,
      bodyTimeout: limitMs,
    })
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: await answer.body.text(),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy()
  }
}

const serviceWasSlow = 504

/** Asks once more where a downstream service took too long: a busy machine does that, and it is no wrong answer. */
export async function askPatiently(
  client: Client,
  request: Request,
  statuses: readonly number[],
  heavy = false,
): Promise<Answer | string> {
  const answer = await client.ask(request, heavy)
  const isLate = typeof answer !== 'string' && answer.status === serviceWasSlow
  return isLate && !statuses.includes(serviceWasSlow) ? client.ask(request, heavy) : answer
}
