/** The Upstream contract: the downstream services of /fanout and /checkout, played by one stub beside the contenders. Members live in upstream/. */
import { fileURLToPath } from 'node:url'
import { request } from 'undici'
import { GapwiseError } from '../../src/errors.ts'
import { startOnFreePort } from '../contenders/spawned.ts'
import type { CpuMeter } from '../cpu-meter.ts'
import { parseDuration } from '../duration.ts'
import type { Supervisor } from '../supervisor.ts'

/** An address of the services; disposing closes it. */
export interface Door extends AsyncDisposable {
  /** For UPSTREAM_URL. */
  readonly url: string
}

/** A running stub; disposing stops it. */
export interface Upstream extends AsyncDisposable {
  /** For UPSTREAM_URL. */
  readonly url: string
  /**
   * Opens a further address of the same services, for one contender alone: how it asks is seen apart from others.
   * @throws GapwiseError `environment` UPSTREAM_GONE
   */
  openDoor(): Promise<Door>
  /** CPU time of its process. It is no contender's cost, but it takes from the machine. */
  readonly cpu: CpuMeter | undefined
}

export interface UpstreamOrder {
  readonly supervisor: Supervisor
  /** What every answer waits before it is sent. */
  readonly latencyMs: number
  /** Cores that it may use; all when absent. */
  readonly cores?: readonly number[] | undefined
}

const entry = fileURLToPath(new URL('upstream/process.ts', import.meta.url))

/** A contender gives a service up after a second, and a busy machine adds to what is asked for here. */
const mostLatencyMs = 500

/**
 * Reads --upstream-latency.
 * @returns milliseconds
 * @throws GapwiseError `usage` BAD_DURATION or BAD_LATENCY
 */
export const parseLatency = (text: string): number => {
  const ms = parseDuration(text, '--upstream-latency')
  if (ms <= mostLatencyMs) return ms
  throw new GapwiseError(
    'usage',
    'BAD_LATENCY',
    `--upstream-latency takes at most ${mostLatencyMs}ms, because servers wait a second for an answer; found "${text}"` +
      `${/\d$/.test(text) ? `, which is seconds: write ${text}ms` : ''}.`,
  )
}

async function openDoor(url: string): Promise<Door> {
  try {
    const { body } = await request(new URL('/doors', url), { method: 'POST' })
    const { port } = (await body.json()) as { port: number }
    const door = new URL(url)
    door.port = String(port)
    return {
      url: door.origin,
      async [Symbol.asyncDispose]() {
        // A stub that has gone has closed it.
        const closed = request(new URL(`/doors/${port}`, url), { method: 'DELETE' })
        await closed.then(({ body: end }) => end.dump()).catch(() => undefined)
      },
    }
  } catch (cause) {
    throw new GapwiseError(
      'environment',
      'UPSTREAM_GONE',
      'The stub of the downstream services does not answer any more. Repeat the command; if it ends again, look whether the machine is short of memory.',
      { cause },
    )
  }
}

/**
 * Starts the stub and waits until it answers.
 * @throws GapwiseError `environment` UPSTREAM_START
 */
export const openUpstream = async ({
  supervisor,
  latencyMs,
  cores,
}: UpstreamOrder): Promise<Upstream> => {
  try {
    const running = await startOnFreePort({
      id: 'upstream',
      readyPath: '/profile',
      spawn: (port) =>
        supervisor.spawn({
          name: 'upstream',
          command: process.execPath,
          args: [entry, String(latencyMs)],
          env: { PORT: String(port), HOST: '127.0.0.1' },
          ...(cores === undefined ? {} : { cores }),
        }),
    })
    const { url, cpu } = running
    return {
      url: url.origin,
      openDoor: () => openDoor(url.origin),
      cpu,
      [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
    }
  } catch (cause) {
    if (!(cause instanceof GapwiseError) || cause.failure !== 'contender') throw cause
    throw new GapwiseError(
      'environment',
      'UPSTREAM_START',
      `The stub of the downstream services did not start: ${cause.message}`,
      { cause },
    )
  }
}
