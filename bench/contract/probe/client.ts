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
const limitMs = 10_000

/** A small client with a few connections; a check must not be a load. */
export class Client implements AsyncDisposable {
  readonly #baseUrl: URL
  readonly #agent = new Agent({
    connections,
    pipelining: 1,
    connectTimeout: limitMs,
    headersTimeout: limitMs,
    bodyTimeout: limitMs,
  })

  constructor(baseUrl: URL) {
    this.#baseUrl = baseUrl
  }

  /** @returns the answer, or in words why there was none */
  async ask({ method, path, headers = {}, body }: Request): Promise<Answer | string> {
    try {
      const answer = await this.#agent.request({
        origin: this.#baseUrl.origin,
        path: this.#baseUrl.pathname.replace(/\/$/, '') + path,
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      })
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: await answer.body.text(),
      }
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy()
  }
}
