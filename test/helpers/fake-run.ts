/** Contenders, engine and clock that only record what is asked of them, for order-of-execution tests of the runner. */
import type { Contender, Running, Site } from '../../bench/contender.ts'
import type { VerifyOptions } from '../../bench/contract.ts'
import type {
  Engine,
  PacedOrder,
  PacedReading,
  WindowOrder,
  WindowReading,
} from '../../bench/engine.ts'
import { createPlan } from '../../bench/plan/create-plan.ts'
import { createStudyPlan, type StudyRequest } from '../../bench/plan/study-plan.ts'
import type { PlanRequest } from '../../bench/plan/request.ts'
import type { Capacity, PlateauWindow, Probe, Warmup, Window } from '../../bench/results.ts'
import type { RunParts } from '../../bench/runner/parts.ts'
import type { Finding, TableCounters } from '../../bench/truth.ts'
import { workload as db } from '../../bench/workloads/db.ts'
import { histogramOf } from './histogram-of.ts'

/** What tests change about the fake world. */
export interface FakeWorld {
  readonly plan?: Partial<PlanRequest>
  /** As many blocks as the budget has room for; two when absent. */
  readonly fillsBudget?: true
  /** Called before each window; may abort, or throw as a broken engine would. */
  readonly onWindow?: (order: WindowOrder | PacedOrder, count: number) => void
  /** Right answers in a window of an arm in a closed loop, warm-ups among them; 100 when absent. */
  readonly answers?: (arm: string, count: number) => number
  readonly problems?: (url: URL, call: number) => readonly string[]
  readonly identity?: (id: string, call: number) => void
  readonly controller?: AbortController
  /** Blocks after which the intervals are narrow enough. */
  readonly preciseAfter?: number
  /** At a fixed rate, the share of its requests that an arm lets be sent in time. */
  readonly sentShare?: (id: string) => number
  /** At a fixed rate, how long every answer takes; 1,000 when absent. */
  readonly latencyUs?: (id: string, ratePerSecond: number) => number
  /** A run that is a study. */
  readonly study?: StudyRequest
  /** What the database of a contender has counted in a block. */
  readonly counters?: (id: string, block: number) => TableCounters | undefined
}

const windowCostMs = 80

/** Everything as planned but for a share that is sent too late; each answer after 1 ms. */
const pacedReading = (
  { ratePerSecond, durationMs }: PacedOrder,
  inTime: number,
  latencyUs: number,
): PacedReading => {
  const planned = Math.ceil((ratePerSecond * durationMs) / 1000)
  return {
    planned,
    sent: planned,
    requests: planned,
    errors: { status: 0, body: 0, socket: 0, timeout: 0 },
    late: 0,
    lateAlthoughIdle: 0,
    dropped: 0,
    sentPerSecond: (inTime * planned * 1000) / durationMs,
    elapsedNs: durationMs * 1e6,
    latency: histogramOf([[latencyUs, planned]]),
    service: histogramOf([[900, planned]]),
    lag: histogramOf([[20, planned]]),
    generatorCpuNs: 20_000_000,
  }
}

/** Parts for `run` and the log of everything that happened, in order. */
export function fakeRun(world: FakeWorld = {}) {
  const log: string[] = []
  const recorded: Window[][] = []
  const recordedWarmups: Warmup[][] = []
  const recordedPlateaus: PlateauWindow[][] = []
  const studied: { readonly capacities: readonly Capacity[]; readonly probes: readonly Probe[] }[] =
    []
  const recordedFindings: Finding[][] = []
  const verifyOptions: (VerifyOptions & { readonly endpoints: readonly string[] })[] = []
  let clockMs = 0
  let windows = 0
  let upstreamNs = 0
  let verifications = 0
  const controller = world.controller ?? new AbortController()

  const contender = (id: string): Contender => ({
    id,
    kind: 'profile',
    toggles: {},
    versions: {},
    endpoints: ['json', 'db', 'posts'],
    fresh: true,
    unavailable: async () => undefined,
    prepare: async () => {},
    start: async (): Promise<Running> => {
      log.push(`start ${id}`)
      let identityCalls = 0
      let cpuNs = 0
      return {
        url: new URL(`http://${id}.test/`),
        cpu: { source: 'schedstat', readNs: () => (cpuNs += 1_000_000) },
        verifyIdentity: async () => {
          identityCalls++
          log.push(`identity ${id}`)
          world.identity?.(id, identityCalls)
        },
        [Symbol.asyncDispose]: async () => {
          log.push(`stop ${id}`)
        },
      }
    },
  })

  const engine: Engine = {
    name: 'fake',
    version: async () => '1',
    unavailable: async () => undefined,
    paces: true,
    open: async (arms) => {
      log.push(`open ${arms.map(({ id }) => id).join(' ')}`)
      return {
        pid: undefined,
        window: async (order): Promise<WindowReading> => {
          world.onWindow?.(order, ++windows)
          clockMs += Math.max(order.durationMs, windowCostMs)
          const kind = order.durationMs === plan.windowMs ? 'window' : 'warm-up'
          log.push(`${kind} ${order.workload}@${order.connections} ${order.arm}`)
          return {
            requests: world.answers?.(order.arm, windows) ?? 100,
            errors: { status: 0, body: 0, socket: 0, timeout: 0 },
            elapsedNs: 80_000_000,
            generatorCpuNs: 20_000_000,
          }
        },
        paced: async (order): Promise<PacedReading> => {
          world.onWindow?.(order, ++windows)
          clockMs += order.durationMs
          const settles = [...plan.paces, ...(plan.study === undefined ? [] : [plan.study])].some(
            ({ settleMs }) => order.durationMs === settleMs,
          )
          const kind = settles ? 'settle' : 'paced'
          log.push(`${kind} ${order.workload}@${order.ratePerSecond}/s ${order.arm}`)
          const latencyUs = world.latencyUs?.(order.arm, order.ratePerSecond) ?? 1_000
          return pacedReading(order, world.sentShare?.(order.arm) ?? 1, latencyUs)
        },
        [Symbol.asyncDispose]: async () => {
          log.push('close engine')
        },
      }
    },
  }

  const request: PlanRequest = {
    contenders: ['a', 'b'],
    workloads: [{ name: 'json' }, { name: 'db' }],
    connections: [8],
    seed: 1,
    budgetMs: 60_000,
    ...(world.fillsBudget ? {} : { blocks: 2 }),
    ...world.plan,
  }
  const plan =
    world.study === undefined ? createPlan(request) : createStudyPlan(request, world.study)
  const parts: RunParts = {
    plan,
    contenders: plan.contenders.map(contender),
    workloads: plan.cells.map(({ workload }) =>
      workload === 'db' ? db : { name: workload, endpoints: [workload] },
    ),
    engine,
    openPlace: async ({ id, kind }) => {
      log.push(`open-place ${id}`)
      return {
        site: (kind === 'url' ? {} : { upstreamUrl: `http://upstream.${id}` }) as Site,
        databaseUrl: kind === 'url' ? undefined : `postgres://db/${id}`,
        counters: async () => {
          log.push(`count ${id}`)
          return world.counters?.(id, recorded.length)
        },
        [Symbol.asyncDispose]: async () => {
          log.push(`close-place ${id}`)
        },
      }
    },
    databaseCpu: undefined,
    upstreamCpu: { source: 'schedstat', readNs: () => (upstreamNs += 5_000) },
    verify: async (url, endpoints, options) => {
      verifyOptions.push({ endpoints, ...options })
      log.push(`verify ${url.hostname.split('.')[0]}`)
      return world.problems?.(url, ++verifications) ?? []
    },
    record: async ({ windows: taken, plateau, warmups, findings, capacities, probes }) => {
      studied.push({ capacities, probes })
      log.push(`record ${taken.length}`)
      recorded.push([...taken])
      recordedWarmups.push([...warmups])
      recordedPlateaus.push([...plateau])
      recordedFindings.push([...findings])
      return { preciseEnough: world.preciseAfter === recorded.length }
    },
    signal: controller.signal,
    onMoment: () => {},
    now: () => clockMs,
  }
  return {
    parts,
    plan,
    log,
    recorded,
    recordedWarmups,
    recordedPlateaus,
    recordedFindings,
    studied,
    verifyOptions,
    controller,
  }
}
