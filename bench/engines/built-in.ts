/** The built-in engine: a closed loop, or a constant rate, on node:net in a process of its own, every answer checked. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { GapwiseError } from '../../src/errors.ts'
import type {
  Arm,
  Engine,
  Load,
  OpenOptions,
  PacedOrder,
  PacedReading,
  WindowOrder,
  WindowReading,
} from '../engine.ts'
import type { Answer, Command } from './built-in/messages.ts'

const entry = fileURLToPath(new URL('built-in/process.ts', import.meta.url))
const graceMs = 2_000

class GeneratorProcess implements Load {
  readonly pid: number | undefined
  readonly #child: ChildProcess
  /** Why it could not start or be written to. */
  #fault: Error | undefined

  constructor(child: ChildProcess) {
    this.#child = child
    this.pid = child.pid
    child.on('error', (error) => {
      this.#fault ??= error
    })
  }

  /** Sends one command and waits for its answer. */
  async ask(command: Command): Promise<Answer> {
    const child = this.#child
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const died = () => reject(generatorDied(child, this.#fault))
    child.once('message', resolve).once('exit', died).once('error', died)
    try {
      if (!child.connected) throw generatorDied(child, this.#fault)
      child.send(command)
      const answer = await promise
      if (answer.type !== 'failed') return answer
      throw new GapwiseError(answer.failure, answer.code, answer.message)
    } finally {
      child.off('message', resolve).off('exit', died).off('error', died)
    }
  }

  async window(order: WindowOrder): Promise<WindowReading> {
    const answer = await this.ask({ type: 'window', order })
    if (answer.type === 'reading') return answer.reading
    throw overlapping(answer)
  }

  async paced(order: PacedOrder): Promise<PacedReading> {
    const answer = await this.ask({ type: 'paced', order })
    if (answer.type === 'paced-reading') return answer.reading
    throw overlapping(answer)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    if (child.connected) child.disconnect()
    const kill = setTimeout(() => child.kill('SIGKILL'), graceMs)
    await exited
    clearTimeout(kill)
  }
}

const overlapping = (answer: Answer): GapwiseError =>
  new GapwiseError(
    'internal',
    'GENERATOR_FAILED',
    `Expected a reading from the load generator, found "${answer.type}"; windows must not overlap.`,
  )

function generatorDied(child: ChildProcess, cause?: Error): GapwiseError {
  const how = child.signalCode ?? `code ${child.exitCode}`
  return new GapwiseError(
    'internal',
    'GENERATOR_DIED',
    `The load generator ended in mid-run (${cause?.message ?? how}); its messages stand above. Run the bench again.`,
    { cause },
  )
}

/** Starts the generator's process and tells it the arms. */
async function open(arms: readonly Arm[], seed: number, options: OpenOptions = {}): Promise<Load> {
  const far = arms.find((arm) => arm.url.protocol !== 'http:')
  if (far !== undefined)
    throw new GapwiseError(
      'usage',
      'ENGINE_UNSUPPORTED',
      `The built-in engine speaks http only, found ${far.url.href}; give an http:// address.`,
    )
  const { cores, givesWay = false } = options
  const child = fork(entry, {
    ...(cores === undefined
      ? { execArgv: [] }
      : { execPath: 'taskset', execArgv: ['-c', cores.join(','), process.execPath] }),
    // A session of its own: what the kernel lets it have is then no matter of the others in ours (give-way.ts).
    detached: givesWay,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const load = new GeneratorProcess(child)
  try {
    await load.ask({
      type: 'open',
      seed,
      arms: arms.map(({ id, url }) => ({ id, url: url.href })),
      givesWay,
    })
    return load
  } catch (error) {
    await load[Symbol.asyncDispose]()
    throw error
  }
}

export const engine: Engine = {
  name: 'built-in',
  version: async () => `node ${process.version}`,
  unavailable: async () => undefined,
  paces: true,
  open,
}
