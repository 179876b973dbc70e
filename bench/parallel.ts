/** The Parallel contract: a step of tuning that both sides know, and what it is worth on each. Members stand in parallel/steps.ts. */
import type { ToggleFacts } from './catalogue.ts'
import type { Found, RatioQuantity } from './quantity.ts'
import type { PageRunName } from './page-runs/all.ts'
import type { Metric } from './result/metrics.ts'

/** The step as one side takes it. */
export interface TakenStep {
  /** What comes and what it replaces. */
  readonly replaces: string
  readonly base: string
  readonly contender: string
}

/** The step as ours takes it. */
export interface OurStep extends TakenStep {
  /** What is switched; undefined where whole profiles are compared. */
  readonly toggle?: string
}

/** Why a side has no such step. */
export interface NoStep {
  readonly none: string
}

/** From base to contender on both sides, in one run. */
export interface Step {
  readonly name: string
  readonly run: PageRunName
  readonly workload: string
  readonly metric: Metric
  readonly ours: OurStep | NoStep
  readonly theirs: TakenStep | NoStep
}

/** A step with what was found of it; no effect where a side does not take it. */
export interface MeasuredStep {
  readonly step: Step
  /** Its toggle, where it has one. */
  readonly toggle: ToggleFacts | undefined
  readonly ours: Found | undefined
  readonly theirs: Found | undefined
}

/** All that docs/parallel.md tells. */
export interface Parallel {
  readonly steps: readonly MeasuredStep[]
  /** Toggles that no step names. */
  readonly others: readonly ToggleFacts[]
}

const quantityOf = (
  { run, workload, metric }: Step,
  side: TakenStep | NoStep,
): RatioQuantity | undefined =>
  'none' in side
    ? undefined
    : { kind: 'ratio', run, workload, metric, base: side.base, contender: side.contender }

/** The ratios that a step asks for, ours first. */
export const quantitiesOf = (step: Step): RatioQuantity[] =>
  [step.ours, step.theirs].flatMap((side) => quantityOf(step, side) ?? [])

/**
 * Measures every step, and gathers the toggles that none of them names.
 * @param find looks a ratio up
 */
export const measureParallel = (
  steps: readonly Step[],
  toggles: readonly ToggleFacts[],
  find: (quantity: RatioQuantity) => Found,
): Parallel => {
  const effect = (step: Step, side: TakenStep | NoStep): Found | undefined => {
    const quantity = quantityOf(step, side)
    return quantity === undefined ? undefined : find(quantity)
  }
  const toggleOf = ({ ours }: Step): ToggleFacts | undefined =>
    'none' in ours ? undefined : toggles.find(({ name }) => name === ours.toggle)
  const named = new Set(steps.map(toggleOf))
  return {
    steps: steps.map((step) => ({
      step,
      toggle: toggleOf(step),
      ours: effect(step, step.ours),
      theirs: effect(step, step.theirs),
    })),
    others: toggles.filter((toggle) => !named.has(toggle)),
  }
}
