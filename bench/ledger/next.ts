/** Which run the ledger needs next. Pure. */
import type { LedgerEntry, Truth } from '../ledger.ts'

/** One kind of run, and how many of them a ledger should have. */
export interface Need extends Truth {
  readonly workload: string
  readonly wanted: number
}

/**
 * Enough of each for its count to mean something: of 100 intervals of 95 % about five should leave out the truth, and
 * more than ten would be a fault (the chance of that is 1 %, binomial).
 */
export const needs: readonly Need[] = [
  { kind: 'same', planted: 0, workload: 'json', wanted: 100 },
  { kind: 'same', planted: 0, workload: 'db', wanted: 40 },
  { kind: 'planted', planted: 0.03, workload: 'json', wanted: 20 },
  { kind: 'planted', planted: 0, workload: 'json', wanted: 20 },
  { kind: 'planted', planted: 0.05, workload: 'db', wanted: 10 },
]

export const needName = ({ kind, planted, workload }: Omit<Need, 'wanted'>): string =>
  kind === 'same'
    ? `same-${workload}`
    : planted === 0
      ? `nothing-${workload}`
      : `planted-${workload}`

const isOf =
  (need: Need) =>
  (entry: LedgerEntry): boolean =>
    entry.kind === need.kind && entry.planted === need.planted && entry.workload === need.workload

/** The one that is furthest behind; past its wanted number it goes on in the same proportions. */
export const nextNeed = (
  entries: readonly LedgerEntry[],
  from: readonly Need[] = needs,
): Need | undefined => {
  const progress = (need: Need): number => entries.filter(isOf(need)).length / need.wanted
  return from.toSorted((one, other) => progress(one) - progress(other))[0]
}
