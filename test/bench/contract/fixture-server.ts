/** A server that keeps the contract, but for what a test makes wrong. */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describeProblem, verify, type VerifyOptions } from '../../../bench/contract.ts'
import { cpuAnswers } from '../../../bench/contract/cpu.ts'
import { fortune } from '../../../bench/data/fortune.ts'
import { postAnswers } from '../../../bench/data/posts.ts'
import { worldRandomNumber } from '../../../bench/data/world.ts'

export const row = (id = 1 + Math.floor(Math.random() * 10_000)) => ({
  id,
  randomNumber: worldRandomNumber(id),
})
export const rows = (count: number) => Array.from({ length: count }, () => row())
export const whole = (raw: string | null) => (raw !== null && /^\d+$/.test(raw) ? Number(raw) : 0)
export const rowCount = (url: URL, parameter = 'queries') =>
  Math.min(500, Math.max(1, whole(url.searchParams.get(parameter))))
/** `count` different ids that no two calls are likely to share. */
export const distinctIds = (count: number) => {
  const first = row().id
  return Array.from({ length: count }, (_, index) => 1 + ((first + index) % 10_000))
}
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

export interface Saying {
  readonly id: number
  readonly message: string
}
export const sayings: readonly Saying[] = [
  ...fortune.rows(),
  { id: 0, message: 'Additional fortune added at request time.' },
]
const byMessage = (one: Saying, other: Saying) => (one.message < other.message ? -1 : 1)
export const escaped = (message: string) =>
  message.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
const tableRow = (id: unknown, message: string, cell = 'td') =>
  `<tr><${cell}>${String(id)}</${cell}><${cell}>${message}</${cell}></tr>`
/** The page of fortunes, sorted and escaped unless told otherwise. */
export const page = (
  shown: readonly Saying[] = sayings.toSorted(byMessage),
  escape: (message: string) => string = escaped,
) =>
  `<!doctype html><html><head><title>Fortunes</title></head><body><table>${tableRow('id', 'message', 'th')}` +
  `${shown.map(({ id, message }) => tableRow(id, escape(message))).join('')}</table></body></html>`
export const html = (body: string) => text(body, 'text/html; charset=utf-8')

const cpuAnswer = (url: URL) => {
  const n = Math.min(100_000, whole(url.searchParams.get('n')) || 1000)
  return cpuAnswers.find((answer) => answer.n === n)
}

export const right: Readonly<Record<string, Handler>> = {
  '/plaintext': text('Hello, World!'),
  '/json': json(() => ({ message: 'Hello, World!' })),
  '/db': json(() => row()),
  '/queries': json((url) => rows(rowCount(url))),
  '/updates': json((url) => distinctIds(rowCount(url)).map(row)),
  '/cached-queries': json((url) => rows(rowCount(url, 'count'))),
  '/fortunes': html(page()),
  '/cpu': json(cpuAnswer),
  '/posts': json((url) => postAnswers(postCount(url))),
  '/healthz': json(() => ({ status: 'ok' })),
  '/readyz': json(() => ({ status: 'ready' })),
  '/profile': json(() => ({ runId: 'r', toggles: {} })),
}
export const all = Object.keys(right).map((path) => path.slice(1))

/**
 * The problems of a server that is right but for `wrong`.
 * @param endpoints names of those that are asked
 */
export async function problemsOf(
  wrong: Record<string, Handler>,
  endpoints = all,
  options: VerifyOptions = {},
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
    const problems = await verify(new URL(`http://127.0.0.1:${port}`), endpoints, options)
    return problems.map(describeProblem)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
