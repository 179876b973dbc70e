/** The plan of a comparison of designs: which pairs, in which order, drawn before the first window. Pure. */
import { GapwiseError } from '../../src/errors.ts'
import { firmBlocks } from '../plan.ts'
import { warmup } from '../plan/fit.ts'
import { createRandom } from '../stats/random.ts'
import { roundsOf, type WindowDesign } from '../designs.ts'

/** Two contenders by id: the base and the one that is set against it. */
export type Pair = readonly [base: string, contender: string]

/** One design's windows in one block of a pair. */
export interface Stretch {
  readonly design: WindowDesign
  /** Which arm comes first in each round: `A B B A` or `B A A B`; without meaning where both are driven at once. */
  readonly baseFirst: readonly boolean[]
}

/** One pair in one block: fresh processes, one stretch of each design. */
export interface PairPlan {
  readonly block: number
  readonly pair: Pair
  readonly stretches: readonly Stretch[]
}

export interface DesignPlan {
  readonly pairs: readonly Pair[]
  readonly blocks: number
  /** In the order in which they are taken; each block has every pair once. */
  readonly work: readonly PairPlan[]
  /** Estimated. */
  readonly totalMs: number
}

/**
 * The pairs of contenders: the first against its own twin, every other against the first, and of the others the
 * second against the first of each two, so that a / b, b / c and a / c are all measured for some.
 * @param ids the first and its twin, then the others
 */
export const pairsOf = ([first = '', twin = '', ...others]: readonly string[]): Pair[] => [
  [first, twin],
  ...others.map((other): Pair => [first, other]),
  ...others.flatMap((other, index): Pair[] => {
    const next = others[index + 1]
    return index % 2 === 0 && next !== undefined ? [[other, next]] : []
  }),
]

const setupMs = 4_000
const fewestBlocks = 4
const mostBlocks = 16

const stretchMs = (design: WindowDesign): number => {
  const windows = roundsOf(design) * (design.atOnce ? 1 : 4)
  return windows * (design.windowMs + design.settleMs + 6)
}

/**
 * As many blocks as fit, 4 to 16, each with every pair in seeded order and every design in seeded order within it.
 * @throws GapwiseError `usage` BUDGET_TOO_SMALL
 */
export function planDesigns(request: {
  readonly pairs: readonly Pair[]
  readonly designs: readonly WindowDesign[]
  readonly budgetMs: number
  readonly seed: number
  readonly blocks?: number | undefined
}): DesignPlan {
  const { pairs, designs, budgetMs, seed } = request
  const pairMs =
    setupMs + 2 * warmup.mostMs + designs.reduce((sum, design) => sum + stretchMs(design), 0)
  const blockMs = pairs.length * pairMs
  const fitting = Math.min(mostBlocks, Math.floor(budgetMs / blockMs))
  const blocks = request.blocks ?? fitting
  if (
    blocks < fewestBlocks ||
    blocks * blockMs > budgetMs * (request.blocks === undefined ? 1 : Infinity)
  ) {
    const smallest = `${Math.ceil((fewestBlocks * blockMs) / 60_000)}m`
    throw new GapwiseError(
      'usage',
      'BUDGET_TOO_SMALL',
      `Comparing ${designs.length} designs on ${pairs.length} pairs takes at least --budget ${smallest} for ${fewestBlocks} blocks, ` +
        `found ${Math.round(budgetMs / 60_000)}m; ${firmBlocks} blocks are better. Fewer contenders make fewer pairs.`,
    )
  }
  const random = createRandom(seed)
  const work = Array.from({ length: blocks }, (_, block) =>
    random.shuffle(pairs).map((pair): PairPlan => ({
      block,
      pair,
      stretches: random.shuffle(designs).map((design) => ({
        design,
        baseFirst: Array.from({ length: roundsOf(design) }, () => random.next() < 0.5),
      })),
    })),
  ).flat()
  return { pairs, blocks, work, totalMs: blocks * blockMs }
}
