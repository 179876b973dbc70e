/** The generator proper: connections and judged exchanges for every arm, and one window at a time, closed loop or paced. */
import type { Arm, PacedOrder, PacedReading, WindowOrder, WindowReading } from '../../engine.ts'
import type { Step, Workload } from '../../workload.ts'
import { Connection } from './connection.ts'
import { Exchange } from './exchange.ts'
import { ProcessClock } from './paced/clock.ts'
import { Pacer } from './paced/pacer.ts'
import { seatOf } from './paced/seat.ts'
import { ScriptStep, Stage } from './script.ts'
import { RequestStream } from './walker.ts'
import type { Cycle } from './walker.ts'
import { Window } from './window.ts'

/** A workload against one arm, and how many windows have walked it. */
interface Walk {
  readonly cycle: Cycle
  /** No connection lives longer than one request. */
  readonly churns: boolean
  windows: number
}

interface Lane {
  readonly arm: Arm
  readonly stage: Stage
  readonly connections: Connection[]
  /** By workload. */
  readonly walks: Map<string, Walk>
}

/** What a generator may be told besides its arms. */
export interface GeneratorOptions {
  readonly loadWorkload: (name: string) => Promise<Workload>
  /**
   * What the unique texts of scripts begin with; of this generator alone. Each block has a generator of its own
   * while the databases live on, those behind a URL even from run to run, so counting from 0 would repeat names.
   */
  readonly tag: string
  /** When a window is cut short, from its `durationMs`; what is then in flight counts as a timeout. */
  readonly limitMs?: (durationMs: number) => number
}

/**
 * A stall of up to a second is waited for, so that its latencies are seen. What waits longer is an overload, which
 * would be answered for many times the window and is called what it is without that.
 */
const drainMs = 1_000

const windowLimitMs = (durationMs: number): number =>
  Math.min(durationMs + 30_000, Math.max(10_000, 20 * durationMs))

/**
 * Where in the cycle a connection starts: connections are spread evenly and each window begins
 * elsewhere, yet window k of every arm sends the same stream.
 * @param connection its index among `connections`
 * @param window how many windows of this workload the arm has had before
 * @param length of the cycle
 */
export function cursorOf(
  connection: number,
  connections: number,
  window: number,
  length: number,
): number {
  // Steps of the golden ratio do not come back to the same place for any small number of windows.
  const turn = (connection / connections + window * 0.618_033_988_75) % 1
  return Math.floor(turn * length)
}

/** Holds open connections to all arms. */
export class Generator {
  readonly #lanes: ReadonlyMap<string, Lane>
  readonly #seed: number
  readonly #options: GeneratorOptions
  readonly #steps = new Map<string, readonly Step[]>()

  /** @param seed fixes each workload's stream, the same for every arm */
  constructor(arms: readonly Arm[], seed: number, options: GeneratorOptions) {
    this.#lanes = new Map(
      arms.map((arm, index) => {
        // Two arms may share a database (one URL named twice), so each has texts of its own, equally long.
        const stage = new Stage(arm, `${options.tag}${index.toString(36)}`)
        return [arm.id, { arm, stage, connections: [], walks: new Map() } satisfies Lane]
      }),
    )
    this.#seed = seed
    this.#options = options
  }

  /** Runs one window; windows must not overlap. */
  async window(order: WindowOrder): Promise<WindowReading> {
    const { walk, connections } = await this.#ready(order)
    const window = new Window(connections.length, order)
    const { cycle } = walk
    const number = walk.windows++
    for (const [index, connection] of connections.entries()) {
      const cursor = cursorOf(index, connections.length, number, cycle.length)
      connection.start(window, new RequestStream(cycle, cursor), true)
    }
    return this.#within(order.durationMs, connections, window.finished)
  }

  /** Runs one paced window; must not overlap with another window. */
  async paced(order: PacedOrder): Promise<PacedReading> {
    const { walk, connections } = await this.#ready(order)
    const { cycle } = walk
    // One for all connections: which of them is idle must not decide what is asked.
    const stream = new RequestStream(cycle, cursorOf(0, 1, walk.windows++, cycle.length))
    const cpuAtStart = process.cpuUsage()
    const pacer = new Pacer(
      connections.map((connection) => seatOf(connection, stream)),
      { queueBound: Math.max(100, Math.ceil(order.ratePerSecond)), drainMs, ...order },
      new ProcessClock(),
    )
    const cut = () => pacer.cut()
    const counts = await this.#within(order.durationMs, connections, pacer.finished, cut)
    const { user, system } = process.cpuUsage(cpuAtStart)
    return { ...counts, generatorCpuNs: (user + system) * 1000 }
  }

  /** Finds or makes what a window needs, and opens its connections. */
  async #ready(order: WindowOrder | PacedOrder): Promise<{
    readonly walk: Walk
    readonly connections: readonly Connection[]
  }> {
    const lane = this.#lanes.get(order.arm)
    if (lane === undefined) throw new RangeError(`No arm is called "${order.arm}"`)
    const walk = await this.#walk(lane, order.workload)
    while (lane.connections.length < order.connections)
      lane.connections.push(new Connection(lane.arm.url))
    const connections = lane.connections.slice(0, order.connections)
    if (walk.churns) for (const connection of connections) connection.close()
    else await Promise.all(connections.map((connection) => connection.open()))
    return { walk, connections }
  }

  /** Waits for a window, which is cut short at its limit. */
  async #within<Reading>(
    durationMs: number,
    connections: readonly Connection[],
    finished: Promise<Reading>,
    cut?: () => void,
  ): Promise<Reading> {
    const limitMs = (this.#options.limitMs ?? windowLimitMs)(durationMs)
    const limit = setTimeout(() => {
      cut?.()
      for (const connection of connections) connection.abort(limitMs)
    }, limitMs)
    try {
      return await finished
    } catch (error) {
      for (const connection of connections) connection.close()
      throw error
    } finally {
      clearTimeout(limit)
    }
  }

  /** Closes every connection. */
  close(): void {
    for (const lane of this.#lanes.values())
      for (const connection of lane.connections) connection.close()
  }

  async #walk(lane: Lane, name: string): Promise<Walk> {
    const known = lane.walks.get(name)
    if (known !== undefined) return known
    let steps = this.#steps.get(name)
    if (steps === undefined) {
      steps = (await this.#options.loadWorkload(name)).steps(this.#seed)
      if (steps.length === 0) throw new RangeError(`Workload "${name}" has no steps`)
      this.#steps.set(name, steps)
    }
    // A step that comes several times in a mix knows its answers after the first.
    const made = new Map([...new Set(steps)].map((step) => [step, playable(lane, step)]))
    const cycle = steps.map((step) => made.get(step) ?? playable(lane, step))
    const churns = cycle.every((step) => step instanceof Exchange && step.closes)
    const walk = { cycle, churns, windows: 0 }
    lane.walks.set(name, walk)
    return walk
  }
}

const playable = ({ arm, stage }: Lane, step: Step): Cycle[number] =>
  'script' in step ? new ScriptStep(stage, step) : new Exchange(arm, step)
