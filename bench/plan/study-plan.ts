/** The plan of a study: how many blocks and windows fit the budget, and every order. Pure. */
import {
  benchDefaults,
  closedAnswers,
  firmBlocks,
  type Plan,
  type Trial,
  usualEstimates,
} from '../plan.ts'
import { createRandom } from '../stats/random.ts'
import { warmup } from './fit.ts'
import { checkRequest, type PlanRequest, several, usageError } from './request.ts'
import { capacityProbe, probeMs, probeRules, type Study, sweepShares } from './study.ts'

/** What is asked for; a plan makes a whole study of it. */
export type StudyRequest =
  | Pick<Extract<Study, { kind: 'slo' }>, 'kind' | 'limits'>
  | { readonly kind: 'sweep' }

/** About so many probes end a search: four to bracket, four to halve, five to confirm; failures are asked again. */
const usualProbes = 20

/** That their lengths are planned for, as capacities are not known before. */
const usualRate = 2_000

const sweeping = { windows: 3, settleMs: 250, windowMs: [1_000, 750, 500] } as const

/** Studies to choose from, the most wanted first. */
const studiesOf = (request: StudyRequest): Study[] =>
  request.kind === 'slo'
    ? [{ ...request, settleMs: probeRules.settleMs }]
    : sweeping.windowMs.map((windowMs) => ({
        kind: 'sweep',
        shares: sweepShares,
        windows: sweeping.windows,
        settleMs: sweeping.settleMs,
        windowMs,
      }))

/** One arm's windows in a block, as far as they can be known before. */
const armMs = (study: Study, overheadMs: number): number =>
  study.kind === 'slo'
    ? usualProbes * (study.settleMs + probeMs(usualRate, study) + 2 * overheadMs)
    : study.shares.length * study.windows * (study.settleMs + study.windowMs + 2 * overheadMs)

/** More blocks make no answer clearer that is 5 % coarse. */
const mostBlocks = { quick: 2, usual: 8 } as const

/**
 * As many blocks as fit, eight at most; a sweep takes shorter windows before it goes without a second block. One
 * block is enough to have an answer, without an interval.
 * @throws GapwiseError `usage` BUDGET_TOO_SMALL, with the smallest budget that works, and what `checkRequest` throws
 */
export const createStudyPlan = (request: PlanRequest, wanted: StudyRequest): Plan => {
  const windowMs = request.windowMs ?? benchDefaults.windowMs
  const [connections] = benchDefaults.connections
  checkRequest({ ...request, connections: [connections], rates: [] }, windowMs)
  const { contenders, seed, budgetMs, quick = false } = request
  const estimates = { ...usualEstimates, ...request.estimates }
  const workloads = request.workloads.map(({ name, contenders: offering }) => ({
    name,
    arms: contenders.filter((id) => offering === undefined || offering.includes(id)),
  }))
  const starts = workloads.reduce((sum, { arms }) => sum + arms.length, 0)
  const warmupMs = warmup.comfortableMs
  const besideMs =
    workloads.length * estimates.trialMs +
    starts * (estimates.contenderMs + warmupMs + capacityProbe.windows * capacityProbe.windowMs)
  const blockMsOf = (study: Study): number =>
    besideMs + starts * armMs(study, estimates.windowOverheadMs)
  const studies = studiesOf(wanted)
  const fitting = (study: Study): number => Math.floor(budgetMs / blockMsOf(study))
  const study =
    studies.find((each) => fitting(each) >= 2) ?? studies.findLast((each) => fitting(each) >= 1)
  if (study === undefined) {
    const least = `${Math.ceil(Math.min(...studies.map(blockMsOf)) / 1_000)}s`
    throw usageError(
      'BUDGET_TOO_SMALL',
      `A budget of ${budgetMs / 1_000} s is too small: ${several(contenders.length, 'contender')} and ` +
        `${several(workloads.length, 'workload')} need at least ${least} for one block of --${wanted.kind}. ` +
        `Use --budget ${least} or more, or measure fewer of them.`,
    )
  }
  const blocks =
    request.blocks ?? Math.min(quick ? mostBlocks.quick : mostBlocks.usual, fitting(study))
  const random = createRandom(seed)
  const blockMs = blockMsOf(study)
  const stepsOf = (): number[] =>
    study.kind === 'slo'
      ? []
      : random.shuffle(study.shares.flatMap((share) => Array<number>(study.windows).fill(share)))
  const planTrial = ({ name, arms }: (typeof workloads)[number]): Trial => {
    const steps = stepsOf()
    return {
      workload: name,
      startOrder: random.shuffle(arms),
      cells: [
        {
          workload: name,
          connections,
          contenders: arms,
          warmup: { connections, leastRequests: warmup.leastRequests, mostMs: warmupMs },
          ...closedAnswers(connections),
          rounds: (study.kind === 'slo' ? [study] : steps).map(() => random.shuffle(arms)),
          study,
          steps,
          limitMs: blockMs,
        },
      ],
    }
  }
  return {
    seed,
    budgetMs,
    windowMs,
    warmupMs,
    rounds: 0,
    mostRounds: 0,
    paces: [],
    study,
    contenders,
    cells: workloads.map(({ name }) => ({ workload: name, connections })),
    blocks: Array.from({ length: blocks }, (_, index) => ({
      index,
      trials: random.shuffle(workloads).map(planTrial),
    })),
    expectedBlocks: blocks,
    blocksAreFixed: request.blocks !== undefined,
    blockMs,
    totalMs: blocks * blockMs,
    indicative: quick || blocks < firmBlocks,
  }
}
