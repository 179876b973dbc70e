/**
 * Latency where the truth is known: `node test/long/latency.ts`.
 * A server that answers after 100 ms, at 5 requests/s, must show 100 ms at p50 and p99; one that stalls for a second
 * once must show it in latency, which is from the intended time, and not in service times.
 */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PacedOrder, PacedReading } from '../../bench/engine.ts'
import { engine } from '../../bench/engines/built-in.ts'
import { Histogram, type HistogramRecord } from '../../bench/stats/histogram.ts'

const answer: RequestListener = (_request, response) => {
  response.setHeader('Server', 'truth')
  response.setHeader('Content-Type', 'text/plain')
  response.end('Hello, World!')
}

/** Holds the whole process up, as a long computation or a blocking call would. */
function stall(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs)
}

/** What the server itself saw between a request and its answer. */
const tookMs: number[] = []

/** After 100 ms and not a timer's whole millisecond later. */
const afterHundred: RequestListener = (request, response) => {
  const askedMs = performance.now()
  const wait = (): void => {
    if (performance.now() < askedMs + 100) return void setImmediate(wait)
    answer(request, response)
    tookMs.push(performance.now() - askedMs)
  }
  setTimeout(wait, 97)
}

async function drive(
  listener: RequestListener,
  order: Omit<PacedOrder, 'arm' | 'workload'>,
): Promise<PacedReading> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = new URL(`http://127.0.0.1:${port}/`)
  await using load = await engine.open([{ id: 'truth', url }], 1)
  try {
    if (load.paced === undefined) throw new Error('the built-in engine paces')
    return await load.paced({ ...order, arm: 'truth', workload: 'plaintext' })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** Of all samples, however few. */
const quantileMs = (record: HistogramRecord, share: number): number =>
  (Histogram.fromRecord(record).valueAtRank(Math.ceil(share * record.count)) ?? 0) / 1_000

function tell(name: string, { latency, service, requests }: PacedReading): void {
  const words = ([of, record]: readonly [string, HistogramRecord]): string =>
    `${of} p50 ${quantileMs(record, 0.5).toFixed(2)} ms, p99 ${quantileMs(record, 0.99).toFixed(2)} ms`
  const parts = [['latency', latency] as const, ['service', service] as const].map(words)
  process.stdout.write(`${name}: ${requests} answers, ${parts.join(', ')}\n`)
}

const constant = await drive(afterHundred, { connections: 4, ratePerSecond: 5, durationMs: 40_000 })
tell('a constant 100 ms, 5 requests/s', constant)

let count = 0
const stalled = await drive(
  (request, response) => {
    if (++count === 1_000) stall(1_000)
    answer(request, response)
  },
  { connections: 1, ratePerSecond: 200, durationMs: 15_000 },
)
tell('a stall of 1 s once, 200 requests/s on one connection', stalled)

const sorted = tookMs.toSorted((one, other) => one - other)
const ownMs = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
process.stdout.write(
  `by the server's own clock: p50 ${ownMs(0.5).toFixed(2)} ms, p99 ${ownMs(0.99).toFixed(2)} ms\n`,
)
const nearHundred = [0.5, 0.99].every(
  (share) => Math.abs(quantileMs(constant.latency, share) - ownMs(share)) <= 1,
)
const stallSeen = quantileMs(stalled.latency, 0.99) > 500 && quantileMs(stalled.service, 0.99) < 10
if (!nearHundred || !stallSeen) {
  process.stdout.write(
    `not as it should be: constant ${nearHundred ? 'ok' : 'off by more than 1 ms'}, stall ${stallSeen ? 'ok' : 'not where it belongs'}\n`,
  )
  process.exitCode = 1
}
