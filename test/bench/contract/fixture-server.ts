/** A server that keeps the contract, but for what a test makes wrong. */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describeProblem, verify } from '../../../bench/contract.ts'
import { postAnswers } from '../../../bench/data/posts.ts'
import { worldRandomNumber } from '../../../bench/data/world.ts'

export const row = (id = 1 + Math.floor(Math.random() * 10_000)) => ({
  id,
  randomNumber: worldRandomNumber(id),
})
export const rows = (count: number) => Array.from({ length: count }, () => row())
export const whole = (raw: string | null) => (raw !== null && /^\d+$/.test(raw) ? Number(raw) : 0)
export const rowCount = (url: URL) =>
  Math.min(500, Math.max(1, whole(url.searchParams.get('queries'))))
export const postCount = (url: URL) => Math.min(100, whole(url.searchParams.get('limit')) || 100)

export type Handler = (url: URL, response: ServerResponse, request: IncomingMessage) => void
export const json =
  (value: (url: URL) => unknown): Handler =>
  (url, response) => {
    response.setHeader('Content-Type', 'application/json; charset=utf-8')
    response.end(JSON.stringify(value(url)))
  }
export const text =
  (body: string, type = 'text/plain'): Handler =>
  (_url, response) => {
    response.setHeader('Content-Type', type)
    response.end(body)
  }

export const right: Readonly<Record<string, Handler>> = {
  '/plaintext': text('Hello, World!'),
  '/json': json(() => ({ message: 'Hello, World!' })),
  '/db': json(() => row()),
  '/queries': json((url) => rows(rowCount(url))),
  '/posts': json((url) => postAnswers(postCount(url))),
  '/healthz': json(() => ({ status: 'ok' })),
  '/readyz': json(() => ({ status: 'ready' })),
  '/profile': json(() => ({ runId: 'r', toggles: {} })),
}
export const all = Object.keys(right).map((path) => path.slice(1))

/** The problems of a server that is right but for `wrong`. */
export async function problemsOf(
  wrong: Record<string, Handler>,
  endpoints = all,
): Promise<string[]> {
  const handlers: Record<string, Handler> = { ...right, ...wrong }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    response.setHeader('Server', 'fixture')
    const handler = handlers[url.pathname] ?? handlers['*']
    if (handler !== undefined) handler(url, response, request)
    else response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    return (await verify(new URL(`http://127.0.0.1:${port}`), endpoints)).map(describeProblem)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
