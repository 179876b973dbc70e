/** Gaps of a run: how much of the way from the base to each peer the other contenders go. */
import type { Bound, Gap, Raw } from '../results.ts'
import { gapClosed, type GapBlock } from '../stats/gap.ts'
import { commonRounds, pairedLogRatios } from '../stats/paired.ts'
import { isClientLimited } from './cautions.ts'
import type { ArmCell } from './cells.ts'
import { toldOf } from './deciding.ts'
import { metricsOf, roundLogs } from './measures.ts'
import { metricFacts, type Metric } from './metrics.ts'

/** Contender, peer and base in one cell. */
export interface Trio {
  readonly contender: ArmCell
  readonly peer: ArmCell
  readonly base: ArmCell
}

/** Log ratios over the rounds that all three have, by block. */
export const gapBlocks = ({ contender, peer, base }: Trio, metric: Metric): GapBlock[] => {
  const [own, theirs, start] = commonRounds(
    [contender, peer, base].map((arm) => roundLogs(arm, metric)),
  ) as [ReturnType<typeof roundLogs>, ReturnType<typeof roundLogs>, ReturnType<typeof roundLogs>]
  const peers = pairedLogRatios(theirs, start)
  // Common rounds: both lists have the same blocks.
  return pairedLogRatios(own, start).map((ratio, block) => ({
    contender: ratio,
    peer: peers[block]!,
  }))
}

/**
 * What the generator's limit makes of a share of capacity: a peer held back has a wider gap than the one seen, so
 * less of it is closed; a contender held back closes more; with the base or several held back it may be either.
 */
export const gapBound = ({ contender, peer, base }: Trio, metric: Metric): Bound | undefined => {
  if (metric !== 'capacity') return undefined
  const limited = [contender, peer, base].filter(isClientLimited)
  if (limited.length === 0) return undefined
  if (limited.length > 1 || limited[0] === base) return 'unknown'
  return limited[0] === peer ? 'at-most' : 'at-least'
}

const gapsBetween = (trio: Trio, design: Raw['design']): Gap[] => {
  const workload = trio.base.workload.name
  const { confidence, delta } = design
  const known = metricsOf(trio.base).flatMap((metric) => {
    const { better } = metricFacts[metric]
    const blocks = gapBlocks(trio, metric)
    return better === undefined || blocks.length === 0 ? [] : [{ metric, better, blocks }]
  })
  return toldOf(design, workload, known, trio.base.point).map(({ metric, better, blocks }) => {
    const bound = gapBound(trio, metric)
    return {
      workload,
      metric,
      point: trio.base.point,
      base: trio.base.contender,
      contender: trio.contender.contender,
      peer: trio.peer.contender,
      ...gapClosed(blocks, { confidence, delta, better }),
      confidence,
      blocks: blocks.length,
      ...(bound === undefined ? {} : { bound }),
    }
  })
}

/** What the gaps are told to: the peers that were named, or all contenders of that kind. */
const targetsOf = ({ contenders, design }: Pick<Raw, 'contenders' | 'design'>): string[] =>
  design.against ?? contenders.filter(({ kind }) => kind === 'peer').map(({ id }) => id)

/**
 * For every cell, peer and contender: the share of the gap that the contender closes, in the metric that the
 * workload's verdict is read from. Where peers were named (`--against`) the gaps are to those alone, in capacity and
 * p99 too, and any other contender closes them, be it a peer; else peers are all contenders of that kind.
 * @param cells with the arms that may have numbers
 */
export const gapsOf = (
  cells: readonly (readonly ArmCell[])[],
  raw: Pick<Raw, 'contenders' | 'design'>,
): Gap[] => {
  const baseId = raw.contenders[0]?.id
  const targets = new Set(targetsOf(raw))
  return cells.flatMap((arms) => {
    const base = arms.find((arm) => arm.contender === baseId)
    if (base === undefined) return []
    const others = arms.filter((arm) => arm !== base)
    return others
      .filter((arm) => targets.has(arm.contender))
      .flatMap((peer) =>
        others
          .filter((arm) => !targets.has(arm.contender))
          .flatMap((contender) => gapsBetween({ contender, peer, base }, raw.design)),
      )
  })
}
