/** What a measurement needs, made from the words on the command line before anything is started. */
import { GapwiseError } from '../src/errors.ts'
import type { Contender } from './contender.ts'
import { allowedCores, type CoreBudget, planCores } from './core-budget.ts'
import { parseAgainst } from './contenders/against.ts'
import type { Engine } from './engine.ts'
import { loadEngine } from './engines/by-name.ts'
import type { MeasureRequest } from './measure-options.ts'
import { assertOffered, offers, offersOf, type Offers } from './offers.ts'
import { hasClosedLoops, type Plan } from './plan.ts'
import { createPlan } from './plan/create-plan.ts'
import { createStudyPlan } from './plan/study-plan.ts'
import { checkOut } from './result/recorder.ts'
import type { Workload } from './workload.ts'
import { loadWorkload } from './workloads/by-name.ts'

/** Words turned into things, all of them checked. */
export interface Ready {
  readonly request: MeasureRequest
  readonly plan: Plan
  readonly contenders: readonly Contender[]
  /** Ids of the peers that gaps are told to; none where they are told to all. */
  readonly against: readonly string[]
  /** The hidden duplicate of the base, which is in the plan and no contender; undefined without `--control`. */
  readonly control: Contender | undefined
  /** Those of the request that the base offers and that it can be compared on. */
  readonly workloads: readonly Workload[]
  /** Which contenders take no part in which workloads of the request, in sentences. */
  readonly leftOut: Offers['leftOut']
  readonly engine: Engine
  readonly cores: CoreBudget
}

/**
 * A second contender of the base's program, with processes and databases of its own.
 * @throws GapwiseError `usage` NOT_FRESH where the base cannot be started again
 */
function controlOf([base]: readonly Contender[]): Contender | undefined {
  if (base === undefined || base.fresh) return base && { ...base, id: `${base.id}#control` }
  throw new GapwiseError(
    'usage',
    'NOT_FRESH',
    `${base.id} runs already, and --control needs a second, fresh process of the base: name a profile or a peer first, or leave --control out.`,
  )
}

/**
 * Everything that can be wrong with the words is found here, before anything is started.
 * @throws GapwiseError `usage`, or `environment` ENGINE_UNAVAILABLE
 */
export async function makeReady(words: readonly string[], request: MeasureRequest): Promise<Ready> {
  const asked = await Promise.all(request.workloads.map(loadWorkload))
  const engine = await loadEngine(request.engine)
  const isPaced = request.rates.length + request.shares.length > 0
  if ((isPaced || request.study !== undefined) && !engine.paces)
    throw new GapwiseError(
      'usage',
      'ENGINE_UNSUPPORTED',
      `The engine ${engine.name} cannot send at a fixed rate; leave out --engine, so that the built-in one does, or leave out ${request.study === undefined ? '--rate' : `--${request.study.kind}`}.`,
    )
  const { contenders, against } = await parseAgainst(words, request.against)
  const { workloads, leftOut } = offersOf(asked, contenders)
  assertOffered(workloads, leftOut)
  for (const workload of workloads) {
    const refusal = engine.refuses?.(workload, request.seed)
    if (refusal !== undefined) throw new GapwiseError('usage', 'ENGINE_UNSUPPORTED', refusal)
  }
  const control = request.control ? controlOf(contenders) : undefined
  const measured = control === undefined ? contenders : [...contenders, control]
  const planned = workloads.map((workload) => ({
    name: workload.name,
    contenders: measured.filter((each) => offers(each, workload)).map(({ id }) => id),
  }))
  const wanted = {
    contenders: measured.map(({ id }) => id),
    workloads: planned,
    connections: request.connections,
    rates: request.rates,
    shares: request.shares,
    seed: request.seed,
    budgetMs: request.budgetMs,
    quick: request.quick,
    footprint: request.footprint,
    ...(engine.leastWindowMs === undefined ? {} : { windowMs: engine.leastWindowMs }),
    ...(request.blocks === undefined ? {} : { blocks: request.blocks }),
  }
  const plan =
    request.study === undefined ? createPlan(wanted) : createStudyPlan(wanted, request.study)
  if (request.out !== undefined) await checkOut(request.out)
  const reason = await engine.unavailable()
  if (reason !== undefined) throw new GapwiseError('environment', 'ENGINE_UNAVAILABLE', reason)
  const cores = planCores(request.cores, allowedCores(), {
    clustered: contenders.some(({ toggles }) => 'workers' in toggles),
    elsewhere: contenders.some(({ kind }) => kind === 'url'),
    givesWay: !hasClosedLoops(plan),
  })
  return { request, plan, contenders, against, control, workloads, leftOut, engine, cores }
}
