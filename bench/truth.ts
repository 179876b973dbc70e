/** Database truth: whether a contender that answered with rows has really asked its database for them. Pure. */
import { GapwiseError } from '../src/errors.ts'
import type { Gate } from './results.ts'
import type { DatabaseTruth, Workload } from './workload.ts'

/** What a database counted of its tables since it was made. */
export type TableCounters = ReadonlyMap<string, Readonly<Record<DatabaseTruth['counter'], number>>>

/** Right answers of one contender, warm-up included, by workload. */
export type Answered = ReadonlyMap<string, number>

/** One counter beside what the answers need. */
export interface Finding {
  readonly contender: string
  readonly table: string
  readonly counter: DatabaseTruth['counter']
  /** Rows, as the database counted them. */
  readonly counted: number
  /** Rows that the answers stand for. */
  readonly stated: number
  /** Of that number, in rows squared: a run may have met less of the rarer requests of a mixed stream; else 0. */
  readonly variance: number
}

/**
 * Below this share of what its answers stand for a server is not believed. Statements that run at once may share a
 * row, as 640 rows drawn from 10,000 have 20 twice, and the checks of the contract come on top.
 */
export const leastShare = 0.95

/** How far a mixed stream may be off its average before it is held against a server. */
const standardDeviations = 4

/** What the database has to say to the answers of one contender. */
export const findingsOf = (
  contender: string,
  answered: Answered,
  workloads: readonly Pick<Workload, 'name' | 'truth'>[],
  counters: TableCounters,
): Finding[] => {
  const stated = workloads.flatMap(({ name, truth = [] }) =>
    truth.map(({ table, counter, perRequest, share = 1 }) => {
      const rows = perRequest * share * (answered.get(name) ?? 0)
      // Rare requests of a shuffled stream come no more unevenly than by Poisson: the variance of their number is that number.
      return { table, counter, rows, variance: share === 1 ? 0 : rows * perRequest }
    }),
  )
  const byCounter = Map.groupBy(stated, ({ table, counter }) => `${table} ${counter}`)
  return [...byCounter.values()].flatMap((alike) => {
    const [first] = alike
    if (first === undefined) return []
    const { table, counter } = first
    const stated = Math.round(alike.reduce((total, { rows }) => total + rows, 0))
    const variance = alike.reduce((total, each) => total + each.variance, 0)
    const counted = counters.get(table)?.[counter] ?? 0
    return stated === 0 ? [] : [{ contender, table, counter, counted, stated, variance }]
  })
}

const grouped = (count: number): string => count.toLocaleString('en-US')

const inWords = ({ table, counter, counted, stated }: Finding): string =>
  `${grouped(counted)} rows of ${table} ${counter}, ${grouped(stated)} by its answers`

const isBelieved = ({ counted, stated, variance }: Finding): boolean =>
  counted >= leastShare * stated - standardDeviations * Math.sqrt(variance)

/** @throws GapwiseError `contender` TRUTH_FAILED with both numbers */
export const assertTruth = (findings: readonly Finding[]): void => {
  const broken = findings.filter((finding) => !isBelieved(finding))
  if (broken.length === 0) return
  const lines = broken.map((finding) => `  ${finding.contender}: ${inWords(finding)}`)
  throw new GapwiseError(
    'contender',
    'TRUTH_FAILED',
    "Answers must come from the contender's own database, and its counters say otherwise (at least " +
      `${leastShare * 100} % must be there):\n${lines.join('\n')}\n` +
      'Let these endpoints ask the database for every request, with no cache before it, or leave their workloads out.',
  )
}

/** One gate per contender that was compared, over all blocks so far. */
export const truthGates = (findings: readonly Finding[]): Omit<Gate, 'basis'>[] =>
  [...Map.groupBy(findings, ({ contender }) => contender)].map(([contender, own]) => ({
    name: 'database truth',
    ok: own.every(isBelieved),
    contender,
    detail: [...Map.groupBy(own, ({ table, counter }) => `${table} ${counter}`).values()]
      .map((alike) => inWords(alike.reduce(sum)))
      .join('; '),
  }))

const sum = (one: Finding, other: Finding): Finding => ({
  ...one,
  counted: one.counted + other.counted,
  stated: one.stated + other.stated,
  variance: one.variance + other.variance,
})
