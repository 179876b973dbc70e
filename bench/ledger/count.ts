/** What a ledger adds up to: how often intervals held the truth, and how often what was planted was found. Pure. */
import { median } from 'simple-statistics'
import type { LedgerEntry } from '../ledger.ts'
import { exactShare, type Share } from '../stats/binomial.ts'

/** All runs of one kind on one workload. */
export interface LedgerCount {
  readonly kind: LedgerEntry['kind']
  readonly workload: string
  readonly planted: number
  readonly runs: number
  /** The interval left out 1: a difference was seen. */
  readonly seen: number
  /** With exact bounds. */
  readonly seenShare: Share
  /** The interval left out the truth, which is 1 where nothing was planted. */
  readonly missedTruth: number
  readonly missedTruthShare: Share
  /** The word of the verdict claims a difference. */
  readonly claimed: number
  /** Median of half the interval's width, as a share. */
  readonly halfWidth: number
  /** On a machine that was busy with something else. */
  readonly disturbed: number
}

const leavesOut = ({ low, high }: LedgerEntry, value: number): boolean =>
  low > value || high < value

/** Whether a difference was seen where it is: dearer, where work was planted. */
const isSeen = (entry: LedgerEntry): boolean =>
  entry.planted === 0 ? leavesOut(entry, 1) : entry.low > 1

const claims = ({ verdict }: LedgerEntry): boolean => verdict !== 'same' && verdict !== 'unresolved'

/**
 * Counts by kind, workload and what was planted.
 * @param confidence of the bounds on the shares
 */
export const countLedger = (entries: readonly LedgerEntry[], confidence = 0.95): LedgerCount[] =>
  [
    ...Map.groupBy(
      entries,
      ({ kind, workload, planted }) => `${kind} ${workload} ${planted}`,
    ).values(),
  ].map((group) => {
    const [{ kind, workload, planted } = { kind: 'same', workload: '', planted: 0 } as const] =
      group
    const count = (test: (entry: LedgerEntry) => boolean): number => group.filter(test).length
    const seen = count(isSeen)
    const missedTruth = count((entry) => leavesOut(entry, 1 + planted))
    return {
      kind,
      workload,
      planted,
      runs: group.length,
      seen,
      seenShare: exactShare(seen, group.length, confidence),
      missedTruth,
      missedTruthShare: exactShare(missedTruth, group.length, confidence),
      claimed: count(claims),
      halfWidth: median(group.map(({ low, high }) => Math.expm1(Math.log(high / low) / 2))),
      disturbed: count(({ disturbed }) => disturbed),
    }
  })
