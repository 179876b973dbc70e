/** An HTTP client for tests that takes what comes back as a finding: a status and body, or why there was none. */
import { Agent } from 'undici'

export interface Answer {
  /** 0 where there was no answer; the body then says why. */
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface TestClient extends AsyncDisposable {
  ask(path: string, method?: 'GET' | 'HEAD'): Promise<Answer>
}

/**
 * @param connections how many requests may be under way at once
 * @param limitMs how long one answer may take
 */
export function openClient(url: URL, connections: number, limitMs = 10_000): TestClient {
  const agent = new Agent({
    connections,
    pipelining: 1,
    headersTimeout: limitMs,
    bodyTimeout: limitMs,
  })
  return {
    async ask(path, method = 'GET') {
      try {
        const { statusCode, headers, body } = await agent.request({
          origin: url.origin,
          path,
          method,
        })
        return { status: statusCode, headers, body: await body.text() }
      } catch (error) {
        return { status: 0, headers: {}, body: String(error) }
      }
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}
