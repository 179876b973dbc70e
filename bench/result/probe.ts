/** What one probe of a study showed. */
import type { LatencyLimit } from '../plan/study.ts'
import type { Probe } from '../results.ts'
import type { ProbeOutcome } from '../stats/rate-search.ts'
import { quantileFacts } from './metrics.ts'
import { answerTimes, isGeneratorShort, lagLimits, ownLag } from './own-lag.ts'
import { leastSentShare } from './paced-arm.ts'

/** So near to a limit, as a share of it, chance may decide. */
export const nearLimit = 0.1

/** Failed answers, of any kind. */
export const errorsOf = ({ errors }: Pick<Probe, 'errors'>): number =>
  errors.status + errors.body + errors.socket + errors.timeout

/** Of the planned requests, those that were sent in time. */
export const sentShareOf = ({ paced }: Pick<Probe, 'paced'>): number =>
  paced.sentInTime / Math.max(1, paced.planned)

/**
 * Whether a probe passes: no failed answer, 99 of 100 requests sent in time, every percentile within its limit, and the
 * generator's own lag at the same percentile at most 1 ms and at most a tenth of the limit, which is what the
 * latency is compared with. Percentiles are by nearest rank; dropped requests count as slowest. Latency has that lag in
 * it here, so that a rate which passes would pass without it too.
 */
export const judgeProbe = (
  probe: Pick<Probe, 'errors' | 'paced'>,
  limits: readonly LatencyLimit[],
): ProbeOutcome => {
  const { paced } = probe
  if (errorsOf(probe) > 0) return { reason: 'errors', near: false }
  const times = answerTimes([paced])
  if (sentShareOf(probe) < leastSentShare)
    return { reason: isGeneratorShort(times) ? 'lag' : 'rate', near: false }
  const { latency } = times
  const used = limits.map(({ metric, limitUs }) => {
    const { share } = quantileFacts[metric]
    const rank = Math.ceil(share * (latency.count + paced.dropped))
    const us =
      rank > latency.count
        ? Number.POSITIVE_INFINITY
        : (latency.valueAtRank(rank) ?? Number.POSITIVE_INFINITY)
    const mostLagUs = Math.min(lagLimits.mostUs, lagLimits.shareOfLatency * limitUs)
    return { ofLimit: us / limitUs, late: ownLag(times, share) > mostLagUs }
  })
  const most = Math.max(...used.map(({ ofLimit }) => ofLimit))
  const near = Math.abs(most - 1) <= nearLimit
  if (used.some(({ late }) => late)) return { reason: 'lag', near }
  return { reason: most <= 1 ? 'passed' : 'latency', near }
}
