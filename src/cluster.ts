/** Several processes on one port: the primary forks, replaces workers that die, and passes signals on. */
import cluster, { type Worker } from 'node:cluster'
import { GapwiseError } from './errors.ts'

/** What the primary tells a worker once all of them listen. */
export const allWorkersListen = 'all-workers-listen'

/** What a worker tells the primary when it ends by an error that the user can act on. */
interface WorkerFailure {
  readonly workerFailure: Pick<GapwiseError, 'failure' | 'code' | 'message'>
}

const isWorkerFailure = (message: unknown): message is WorkerFailure =>
  typeof message === 'object' && message !== null && 'workerFailure' in message

/** Hands a worker's error to the primary, so that the user reads it once and not once per worker. */
export function tellPrimary({ failure, code, message }: GapwiseError): Promise<void> {
  const told: WorkerFailure = { workerFailure: { failure, code, message } }
  return new Promise((resolve) => {
    if (cluster.worker === undefined) resolve()
    else cluster.worker.send(told, undefined, () => resolve())
  })
}

const firstRestartDelayMs = 100
const longestRestartDelayMs = 5000
const mostRestarts = 10

/**
 * Runs the primary until `signal` aborts, then ends the workers.
 * @param count processes that serve
 * @param execArgv flags of Node that they run with
 * @throws GapwiseError a worker's own error, or internal WORKER_BOOT, when a worker ends before all listen;
 *   internal WORKER_CRASHES when they keep dying
 */
export async function runPrimary(
  count: number,
  execArgv: string[],
  signal: AbortSignal,
): Promise<void> {
  const listening = new Set<Worker>()
  let restarts = 0
  let booted = false
  let told = ''

  const crashed = new Promise<never>((_resolve, reject) => {
    cluster.on('listening', (worker) => {
      told = ''
      listening.add(worker)
      if (listening.size < count) return
      booted = true
      for (const each of listening) each.send(allWorkersListen)
    })
    cluster.on('message', (_worker, message: unknown) => {
      if (!isWorkerFailure(message)) return
      const { failure, code, message: sentence } = message.workerFailure
      told = `: ${code}: ${sentence}`
      if (!booted) reject(new GapwiseError(failure, code, sentence))
    })
    cluster.on('exit', (worker, code, killedBy) => {
      listening.delete(worker)
      if (signal.aborted) return
      const how = (killedBy ?? `exit code ${code}`) + told
      if (!booted) {
        const ended = new GapwiseError(
          'internal',
          'WORKER_BOOT',
          `A worker ended while starting (${how}); its own message is above.`,
        )
        // What it has told is read before the channel closes.
        if (worker.isConnected()) worker.once('disconnect', () => reject(ended))
        else reject(ended)
      } else if (restarts === mostRestarts) {
        reject(
          new GapwiseError(
            'internal',
            'WORKER_CRASHES',
            `Workers keep dying (${how}, ${restarts} restarts); see the log.`,
          ),
        )
      } else {
        const delayMs = Math.min(firstRestartDelayMs * 2 ** restarts++, longestRestartDelayMs)
        setTimeout(() => !signal.aborted && cluster.fork(), delayMs)
      }
    })
  })
  const stopped = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  )

  cluster.setupPrimary({ execArgv })
  for (let i = 0; i < count; i++) cluster.fork()
  try {
    await Promise.race([crashed, stopped])
  } finally {
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve) => {
            worker.once('exit', () => resolve())
            worker.process.kill('SIGTERM')
          }),
      ),
    )
  }
}
