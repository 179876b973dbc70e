/** The one loop that measures: blocks of fresh processes, verified, warmed, then driven in mirrored rounds. */
import { GapwiseError } from '../src/errors.ts'
import type { Contender, Running, Site } from './contender.ts'
import type { CpuMeter } from './cpu-meter.ts'
import type { Engine, Load } from './engine.ts'
import { mayStartBlock, type Block, type CellPlan, type Plan } from './plan.ts'
import type { Window } from './results.ts'

/** What is happening, for the progress line. */
export interface Moment {
  readonly block: number
  readonly doing: string
  readonly elapsedMs: number
}

/** Everything that the loop works with; tests replace all of it. */
export interface RunParts {
  readonly plan: Plan
  readonly contenders: readonly Contender[]
  readonly engine: Engine
  /** Where a contender starts: its own database, its cores. */
  siteOf(contender: Contender): Site
  /** Cores of the generator; all when absent. */
  readonly generatorCores?: readonly number[]
  /** CPU of the database that the sites point to. */
  readonly databaseCpu: CpuMeter | undefined
  /** What breaks the contract, one line each; `thorough` asks for what takes a second, too. */
  verify(url: URL, endpoints: readonly string[], thorough: boolean): Promise<readonly string[]>
  /** Keeps a finished block. */
  record(windows: readonly Window[]): Promise<void>
  readonly signal: AbortSignal
  onMoment(moment: Moment): void
  /** A clock that only moves forward, in milliseconds. */
  readonly now: () => number
}

/** How a run ended. */
export interface RunEnd {
  readonly blocksDone: number
  /** The user stopped it. Running out of time is no interruption: what was planned by then is whole. */
  readonly interrupted: boolean
}

const mostProblemsShown = 8

async function verifyContract(
  parts: RunParts,
  running: ReadonlyMap<Contender, Running>,
  when: 'before' | 'after',
  thorough: boolean,
): Promise<void> {
  await Promise.all(
    [...running].map(async ([contender, server]) => {
      await server.verifyIdentity()
      const problems = await parts.verify(server.url, contender.endpoints, thorough)
      if (problems.length === 0) return
      const shown = problems.slice(0, mostProblemsShown).map((problem) => `  ${problem}`)
      const more = problems.length - shown.length
      throw new GapwiseError(
        'contender',
        'VERIFY_FAILED',
        `${contender.id} breaks the contract ${when} the measurement, so it is not measured:\n${shown.join('\n')}${more > 0 ? `\n  and ${more} more` : ''}`,
      )
    }),
  )
}

async function measureCell(
  parts: RunParts,
  block: Block,
  cell: CellPlan,
  running: ReadonlyMap<string, Running>,
  load: Load,
  startedMs: number,
): Promise<Window[]> {
  const { plan, now, signal, databaseCpu } = parts
  const { workload, connections, minRequests } = cell
  const order = (arm: string, durationMs: number) => ({
    arm,
    workload,
    connections,
    durationMs,
    minRequests,
  })
  for (const arm of cell.contenders) {
    if (signal.aborted) return []
    await load.window(order(arm, cell.warmupMs))
  }

  const windows: Window[] = []
  const firstWindowMs = now()
  const databaseOf = (arm: string): CpuMeter | undefined =>
    parts.contenders.find(({ id }) => id === arm)?.kind === 'url' ? undefined : databaseCpu
  for (const [round, arms] of cell.rounds.entries()) {
    if (round >= 2 && now() - firstWindowMs > cell.limitMs) break
    for (const [position, arm] of arms.entries()) {
      if (signal.aborted) return []
      const cpu = running.get(arm)?.cpu
      const database = databaseOf(arm)
      const startedAtMs = now() - startedMs
      const cpuBefore = cpu?.readNs()
      const databaseBefore = database?.readNs()
      const reading = await load.window(order(arm, plan.windowMs))
      const databaseAfter = database?.readNs()
      const cpuAfter = cpu?.readNs()
      windows.push({
        block: block.index,
        workload,
        connections,
        contender: arm,
        round,
        position,
        startedAtMs,
        ...reading,
        cpuNs: cpuBefore === undefined || cpuAfter === undefined ? null : cpuAfter - cpuBefore,
        databaseCpuNs:
          databaseBefore === undefined || databaseAfter === undefined
            ? null
            : databaseAfter - databaseBefore,
      })
    }
  }
  return windows
}

/** Runs one block; nothing of it is kept when it was interrupted, because half a block is no unit of evidence. */
async function runBlock(
  parts: RunParts,
  block: Block,
  startedMs: number,
): Promise<Window[] | undefined> {
  const { contenders, engine, plan, signal, now, generatorCores } = parts
  const tell = (doing: string): void =>
    parts.onMoment({ block: block.index, doing, elapsedMs: now() - startedMs })
  await using stack = new AsyncDisposableStack()
  const running = new Map<Contender, Running>()
  for (const id of block.startOrder) {
    const contender = contenders.find((each) => each.id === id)
    if (contender === undefined) throw new Error(`the plan names "${id}", which is no contender`)
    if (signal.aborted) return undefined
    tell(`starting ${id}`)
    running.set(contender, stack.use(await contender.start(parts.siteOf(contender))))
  }
  tell('checking the contract')
  // A clock that stands still stands still in every block: once is enough.
  await verifyContract(parts, running, 'before', block.index === 0)

  const arms = [...running].map(([{ id }, { url }]) => ({ id, url }))
  const load = stack.use(
    await engine.open(
      arms,
      plan.seed,
      generatorCores === undefined ? {} : { cores: generatorCores },
    ),
  )
  const byId = new Map([...running].map(([{ id }, each]) => [id, each]))
  const windows: Window[] = []
  for (const cell of block.cells) {
    if (signal.aborted) return undefined
    tell(`${cell.workload} at ${cell.connections} connections`)
    windows.push(...(await measureCell(parts, block, cell, byId, load, startedMs)))
  }
  if (signal.aborted) return undefined
  tell('checking the contract again')
  await verifyContract(parts, running, 'after', false)
  return windows
}

/**
 * Runs the plan block by block and records each as it ends.
 * @throws GapwiseError contender when one does not start, is not the one meant, or breaks the contract;
 *   blocks recorded before that stay
 */
export async function run(parts: RunParts): Promise<RunEnd> {
  const { plan, signal, now } = parts
  const startedMs = now()
  let blocksDone = 0
  for (const block of plan.blocks) {
    if (!mayStartBlock(plan, { blocksDone, elapsedMs: now() - startedMs })) break
    const windows = await runBlock(parts, block, startedMs)
    if (windows === undefined || signal.aborted) return { blocksDone, interrupted: true }
    await parts.record(windows)
    blocksDone++
  }
  return { blocksDone, interrupted: false }
}
