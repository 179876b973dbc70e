/** The generator proper: connections and judged exchanges for every arm, and one window at a time. */
import type { Arm, WindowOrder, WindowReading } from '../../engine.ts'
import type { Step, Workload } from '../../workload.ts'
import { Connection } from './connection.ts'
import { Exchange } from './exchange.ts'
import { Window } from './window.ts'

interface Lane {
  readonly arm: Arm
  readonly connections: Connection[]
  /** By workload: the cycle against this arm, and how many windows have walked it. */
  readonly cycles: Map<string, { readonly exchanges: readonly Exchange[]; windows: number }>
}

/** What a generator may be told besides its arms. */
export interface GeneratorOptions {
  readonly loadWorkload: (name: string) => Promise<Workload>
  /** When a window is cut short, from its `durationMs`; what is then in flight counts as a timeout. */
  readonly limitMs?: (durationMs: number) => number
}

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
      arms.map((arm) => [arm.id, { arm, connections: [], cycles: new Map() } satisfies Lane]),
    )
    this.#seed = seed
    this.#options = options
  }

  /** Runs one window; windows must not overlap. */
  async window(order: WindowOrder): Promise<WindowReading> {
    const lane = this.#lanes.get(order.arm)
    if (lane === undefined) throw new RangeError(`No arm is called "${order.arm}"`)
    const cycle = await this.#cycle(lane, order.workload)
    while (lane.connections.length < order.connections)
      lane.connections.push(new Connection(lane.arm.url))
    const connections = lane.connections.slice(0, order.connections)
    await Promise.all(connections.map((connection) => connection.open()))

    const window = new Window(connections.length, order.durationMs, order.minRequests)
    const length = cycle.exchanges.length
    const number = cycle.windows++
    for (const [index, connection] of connections.entries())
      connection.start(window, cycle.exchanges, cursorOf(index, connections.length, number, length))

    const limitMs = (this.#options.limitMs ?? windowLimitMs)(order.durationMs)
    const limit = setTimeout(() => {
      for (const connection of connections) connection.abort(limitMs)
    }, limitMs)
    const reading = await window.finished
    clearTimeout(limit)
    return reading
  }

  /** Closes every connection. */
  close(): void {
    for (const lane of this.#lanes.values())
      for (const connection of lane.connections) connection.close()
  }

  async #cycle(lane: Lane, name: string) {
    const known = lane.cycles.get(name)
    if (known !== undefined) return known
    let steps = this.#steps.get(name)
    if (steps === undefined) {
      steps = (await this.#options.loadWorkload(name)).steps(this.#seed)
      if (steps.length === 0) throw new RangeError(`Workload "${name}" has no steps`)
      this.#steps.set(name, steps)
    }
    const exchanges = steps.map((step) => {
      if ('script' in step) throw new RangeError(`Workload "${name}" has scripts`)
      return new Exchange(lane.arm, step)
    })
    const cycle = { exchanges, windows: 0 }
    lane.cycles.set(name, cycle)
    return cycle
  }
}
