/** The shape of what a result knows of its control. */
import { Type, type Static } from '@sinclair/typebox'
import { count, ends, metric, point } from './schema-parts.ts'

/** Beside the base of `of`, from which it differs in nothing. */
export const controlFactsSchema = Type.Object({ id: Type.String(), of: Type.String() })

/** The control against the base, in one cell, in the metric that verdicts are read from. */
export const controlRowSchema = Type.Object({
  workload: Type.String(),
  metric,
  unit: Type.String(),
  point,
  base: Type.String(),
  control: Type.String(),
  /** control / base; the truth is 1 */
  ratio: Type.Number(),
  ...ends,
  /** Of this interval, so that those of all cells hold together. */
  confidence: Type.Number(),
  blocks: count,
  /** The interval leaves out 1. */
  moved: Type.Boolean(),
})

export type ControlRow = Static<typeof controlRowSchema>
