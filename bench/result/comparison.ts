/** The rows of a result that set contenders against one another: comparisons with the base, and gaps to peers. */
import { Type, type Static } from '@sinclair/typebox'
import { gapStates } from '../stats/gap.ts'
import { verdicts } from '../stats/verdict.ts'
import { boundSchema, count, ends, metric, oneOf, point } from './schema-parts.ts'

export const comparisonSchema = Type.Object({
  workload: Type.String(),
  metric,
  unit: Type.String(),
  better: oneOf(['lower', 'higher']),
  point,
  base: Type.String(),
  contender: Type.String(),
  /** contender / base */
  ratio: Type.Number(),
  ...ends,
  confidence: Type.Number(),
  /** In a family: from p values adjusted over it, so that it may be weaker than the interval alone would say. */
  verdict: oneOf(verdicts),
  /** Blocks that the interval rests on. */
  blocks: count,
  /** Two-sided, that there is no difference; of this comparison alone. Absent with fewer than two blocks. */
  p: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  /** Where the workload's verdict is read from here: all such comparisons of the run are one family. */
  family: Type.Optional(
    Type.Object({
      /** Members, those without a number included. */
      size: count,
      /** `p` adjusted over the family by Holm's method; absent where there is none. */
      p: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    }),
  ),
  /** The verdict claims a difference that ranks (Hodges-Lehmann, Wilcoxon) do not bear out. */
  fragile: Type.Optional(Type.Literal(true)),
  /** For `unresolved`: blocks more that would settle it, if spread and mean stay. */
  furtherBlocks: Type.Optional(count),
  /** Smallest true difference that 8 of 10 such runs find, as a share. */
  detectable: Type.Optional(Type.Number()),
  /** The generator held one side back, so that the true ratio lies at or beyond the one shown. */
  bound: Type.Optional(boundSchema),
  /** Of capacity: a side was not at its limit, so that this compares requests per second, not capacities. */
  notSaturated: Type.Optional(Type.Literal(true)),
  /** The base differed from its own duplicate on this workload, so the verdict is withheld (`unresolved`). */
  controlMoved: Type.Optional(Type.Literal(true)),
})

/** In the metric that the workload's verdict is read from; to named peers in capacity and p99 too. */
export const gapSchema = Type.Object({
  workload: Type.String(),
  metric,
  point,
  base: Type.String(),
  contender: Type.String(),
  peer: Type.String(),
  /** Whether there is a gap to close; a share only where it is `open`. */
  state: oneOf(gapStates),
  /** ln(contender / base) / ln(peer / base), with the interval of the jackknife over blocks. */
  closed: Type.Optional(Type.Number()),
  ...ends,
  confidence: Type.Number(),
  /** Blocks that it rests on. */
  blocks: count,
  /** The generator held one side back, so that the true share lies at or beyond the one shown. */
  bound: Type.Optional(boundSchema),
})

export type Comparison = Static<typeof comparisonSchema>
export type Gap = Static<typeof gapSchema>
export type Bound = Static<typeof boundSchema>
