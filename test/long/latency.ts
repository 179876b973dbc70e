/**
 * Latency where the truth is known: `node test/long/latency.ts`.
 * A server that answers after 100 ms, at 5 requests/s, must show 100 ms at p50 and p99; one that stalls for a second
 * once must show it in latency, which is from the intended time, and not in service times. Meanwhile a plain client asks
 * from a thread of its own: where it waits as long as the engine says, it is the machine that is late (an idle virtual
 * core may need a millisecond to wake for an answer), and the check says so, without passing.
 */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
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

/**
 * Answers after 100 ms, to the microsecond: a process that sleeps is woken late, for a request or by a timer, so this one
 * never does.
 */
function constantServer(): { readonly listener: RequestListener } & Disposable {
  const waiting: { readonly dueMs: number; readonly answer: () => void }[] = []
  let turn: NodeJS.Immediate
  const look = (): void => {
    while (waiting[0] !== undefined && waiting[0].dueMs <= performance.now())
      waiting.shift()?.answer()
    turn = setImmediate(look)
  }
  look()
  return {
    listener: (request, response) => {
      const askedMs = performance.now()
      waiting.push({
        dueMs: askedMs + 100,
        answer: () => {
          answer(request, response)
          tookMs.push(performance.now() - askedMs)
        },
      })
    },
    [Symbol.dispose]: () => clearImmediate(turn),
  }
}

let count = 0

/** What a client sees that does nothing but ask, wait and look at the clock. */
async function askPlainly(port: number, requests: number): Promise<number[]> {
  const worker = new Worker(new URL('plain-client.ts', import.meta.url), {
    workerData: { port, requests, everyMs: 200 },
  })
  const [tookMs] = (await once(worker, 'message')) as [number[]]
  return tookMs
}

/**
 * @param plain how often the plain client asks meanwhile
 * @returns what the engine read, and what the plain client saw, in ms
 */
async function drive(
  listener: RequestListener,
  order: Omit<PacedOrder, 'arm' | 'workload'>,
  plain = 0,
): Promise<readonly [PacedReading, number[]]> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = new URL(`http://127.0.0.1:${port}/`)
  await using load = await engine.open([{ id: 'truth', url }], 1)
  try {
    if (load.paced === undefined) throw new Error('the built-in engine paces')
    const driven = { ...order, arm: 'truth', workload: 'plaintext' } as const
    // As in a run: what has never been called before is slow once.
    await load.paced({ ...driven, durationMs: 5_000 })
    count = 0
    tookMs.length = 0
    return await Promise.all([load.paced(driven), plain > 0 ? askPlainly(port, plain) : []])
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

const askConstant = async (): Promise<readonly [PacedReading, number[]]> => {
  using server = constantServer()
  const order = { connections: 4, ratePerSecond: 5, durationMs: 40_000 }
  return await drive(server.listener, order, 200)
}
const [constant, plainMs] = await askConstant()
tell('a constant 100 ms, 5 requests/s', constant)

type Quantile = (share: number) => number

const quantileOf = (valuesMs: readonly number[]): Quantile => {
  const sorted = valuesMs.toSorted((one, other) => one - other)
  return (share) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}

const serverMs = quantileOf(tookMs)
const clientMs = quantileOf(plainMs)
for (const [whose, quantile] of [
  ["the server's own clock", serverMs],
  ['a plain client meanwhile', clientMs],
] as const)
  process.stdout.write(
    `by ${whose}: p50 ${quantile(0.5).toFixed(2)} ms, p99 ${quantile(0.99).toFixed(2)} ms\n`,
  )

const [stalled] = await drive(
  (request, response) => {
    if (++count === 1_000) stall(1_000)
    answer(request, response)
  },
  { connections: 1, ratePerSecond: 200, durationMs: 15_000 },
)
tell('a stall of 1 s once, 200 requests/s on one connection', stalled)

const isNear = (truth: Quantile): boolean =>
  [0.5, 0.99].every((share) => Math.abs(quantileMs(constant.latency, share) - truth(share)) <= 1)
const constantWord = isNear(serverMs)
  ? 'ok'
  : `off by more than 1 ms${isNear(clientMs) ? ' (a plain client waits as long: the machine is late, not the engine)' : ''}`
const stallSeen = quantileMs(stalled.latency, 0.99) > 500 && quantileMs(stalled.service, 0.99) < 10
if (constantWord !== 'ok' || !stallSeen) {
  process.stdout.write(
    `not as it should be: constant ${constantWord}, stall ${stallSeen ? 'ok' : 'not where it belongs'}\n`,
  )
  process.exitCode = 1
}
