/** What the tests of paced windows share: a generator for given steps, a server that keeps what it was asked for. */
import type { Test } from 'tap'
import type { PacedReading } from '../../bench/engine.ts'
import { Generator } from '../../bench/engines/built-in/generator.ts'
import type { Ask, Step } from '../../bench/workload.ts'
import { answerOf, startRawServer } from './raw-server.ts'
import type { RawServer, Respond } from './raw-server.ts'

export const noErrors = { status: 0, body: 0, socket: 0, timeout: 0 }
/** 50 requests. */
export const order = {
  arm: 'a',
  workload: 'test',
  connections: 4,
  ratePerSecond: 500,
  durationMs: 100,
} as const
export const get = (path: string, expect: Ask['expect'] = { status: 200 }): Ask => ({
  request: { method: 'GET', path },
  expect,
})
const pathOf = (head: string): string => /^GET (\S+)/.exec(head)?.[1] ?? ''

/** A generator with the arms a and b for up to two servers. */
export function generatorFor(
  steps: readonly Step[],
  urls: readonly URL[],
  limitMs?: number,
): Generator {
  const workload = {
    name: 'test',
    summary: 'test',
    endpoints: [],
    bottleneck: 'server',
    steps: () => steps,
  } as const
  return new Generator(
    urls.map((url, index) => ({ id: index === 0 ? 'a' : 'b', url })),
    7,
    {
      loadWorkload: async () => workload,
      tag: 'tag',
      ...(limitMs === undefined ? {} : { limitMs: () => limitMs }),
    },
  )
}

/** A server that keeps the paths that it was asked for. */
export async function recording(respond: Respond): Promise<{ server: RawServer; paths: string[] }> {
  const paths: string[] = []
  const server = await startRawServer((socket, number, head) => {
    paths.push(pathOf(head))
    respond(socket, number, head)
  })
  return { server, paths }
}
export const right: Respond = (socket) => void socket.write(answerOf('ok'))

/** What must hold whatever the server did. */
export function adds(t: Test, reading: PacedReading): void {
  const failures = Object.values(reading.errors).reduce((sum, count) => sum + count, 0)
  t.equal(reading.planned, reading.sent + reading.dropped, 'planned = sent + dropped')
  t.equal(reading.sent, reading.requests + failures, 'sent = right + errors')
  t.equal(reading.latency.count, reading.requests)
  t.equal(reading.service.count, reading.requests)
  t.equal(reading.lag.count, reading.sent)
}
