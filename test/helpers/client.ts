/** An HTTP client for tests that takes what comes back as a finding: a status and body, or why there was none. */
import { Agent } from 'undici'
import type { Request } from '../../bench/workload.ts'

export interface Answer {
  /** 0 where there was no answer; the body then says why. */
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface TestClient extends AsyncDisposable {
  ask(path: string, method?: 'GET' | 'HEAD'): Promise<Answer>
  send(request: Request): Promise<Answer>
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
  const send = async (
    request: Omit<Request, 'method'> & { readonly method: Request['method'] | 'HEAD' },
  ): Promise<Answer> => {
    try {
      const { statusCode, headers, body } = await agent.request({ origin: url.origin, ...request })
      return { status: statusCode, headers, body: await body.text() }
    } catch (error) {
      return { status: 0, headers: {}, body: String(error) }
    }
  }
  return {
    ask: (path, method = 'GET') => send({ path, method }),
    send,
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}
