/** The share of the gap between a base and a peer that a contender closes, for any three contenders of a run. */
import type { Found, MeasuredRuns, ShareOfGapQuantity } from '../quantity.ts'
import { gapBlocks, gapBound } from '../result/gaps.ts'
import { metricFacts } from '../result/metrics.ts'
import { gapClosed } from '../stats/gap.ts'
import { armOf } from './arms.ts'
import { comparisonOf } from './published.ts'
import { notesOf } from './ratio.ts'

export const measureShareOfGap = (quantity: ShareOfGapQuantity, measured: MeasuredRuns): Found => {
  const { contender, base, peer, metric, workload } = quantity
  const [own, theirs] = [contender, peer].map((id) =>
    comparisonOf({ ...quantity, kind: 'ratio', contender: id }, measured),
  ) as [ReturnType<typeof comparisonOf>, ReturnType<typeof comparisonOf>]
  if ('notMeasured' in own) return own
  if ('notMeasured' in theirs) return theirs
  const { result } = own
  const arms = [contender, peer, base].map((id) => armOf(result, quantity, id))
  const [contenderArm, peerArm, baseArm] = arms
  const { better } = metricFacts[metric]
  if (!contenderArm || !peerArm || !baseArm || better === undefined)
    return { notMeasured: `the run has no gap in ${metric} on ${workload}` }
  const trio = { contender: contenderArm, peer: peerArm, base: baseArm }
  const blocks = gapBlocks(trio, metric)
  if (blocks.length === 0) return { notMeasured: `the run has no whole round of all three` }
  const { confidence, delta } = result.design
  const { state, closed, low, high } = gapClosed(blocks, { confidence, delta, better })
  if (closed === undefined) {
    const words = { 'base ahead': 'is ahead of', 'base level': 'is level with' } as const
    return state === 'open' || state === 'gap not resolved'
      ? { notMeasured: `the gap of ${base} to ${peer} on ${workload} could not be resolved` }
      : { meaningless: `${base} ${words[state]} ${peer} on ${workload}, so there is no gap` }
  }
  const bound = gapBound(trio, metric)
  return {
    figure: {
      value: closed,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      ...(bound === undefined ? {} : { bound }),
      notes: notesOf(result, [own.comparison, theirs.comparison]),
    },
  }
}
