/** What contenders need besides time, as a table of text: a row for each measure, a column for each contender. */
import { pointName } from '../point.ts'
import { type FootprintMeasure, footprintMeasures } from '../result/footprint-schema.ts'
import { pointsOf } from '../result/points.ts'
import type { FootprintSummary, Result } from '../results.ts'
import { figure, milliseconds, ratio, ratioDecimals } from './units.ts'

export interface FootprintRow {
  /** What it is and its unit: `memory after load, MB: json`. */
  readonly label: string
  /** In the order of `contenders`. */
  readonly cells: readonly string[]
}

export interface FootprintTable {
  readonly contenders: readonly string[]
  readonly rows: readonly FootprintRow[]
  /** Why cells are empty, one sentence each. */
  readonly unknown: readonly string[]
}

const megabytes = (bytes: number): string => figure(bytes / 1e6)
const kilobytes = (bytes: number): string => figure(bytes / 1e3)
const nsAsMs = (durationNs: number): string => milliseconds(durationNs / 1000)

/** Peaks are told in the document alone: they move with chance, and the memory after the load says the same. */
const untold = new Set<FootprintMeasure>(['peakMemory'])

const labels: Readonly<
  Record<FootprintMeasure, readonly [label: string, format: (value: number) => string]>
> = {
  startTime: ['start, ms', figure],
  startCpu: ['CPU of start, ms', nsAsMs],
  memory: ['memory after load, MB', megabytes],
  peakMemory: ['peak memory, MB', megabytes],
  readCalls: ['read calls/request', figure],
  writeCalls: ['write calls/request', figure],
  writtenBytes: ['written bytes/request', figure],
  heap: ['heap after GC, MB', megabytes],
  memoryAfterGc: ['memory after GC, MB', megabytes],
  collections: ['GCs/1,000 requests', figure],
  collecting: ['GC ms/1,000 requests', nsAsMs],
  idleConnection: ['idle connection, kB', kilobytes],
  install: ['on disk, MB', megabytes],
}

/** `12.1 x1.05 (1.01-1.09)`: the value, and its ratio to the base with the interval. */
const cellOf = (summary: FootprintSummary | undefined): string => {
  if (summary?.value === undefined) return summary === undefined ? '-' : 'not known'
  const [, format] = labels[summary.measure]
  const value = format(summary.value)
  if (summary.ratio === undefined) return value
  const { value: against, low, high } = summary.ratio
  const decimals = ratioDecimals(low, high)
  const ends =
    low === undefined || high === undefined
      ? ''
      : ` (${ratio(low, decimals)}-${ratio(high, decimals)})`
  return `${value} x${ratio(against, decimals)}${ends}`
}

const rowsOf = (result: Result, measure: FootprintMeasure): FootprintRow[] => {
  const { contenders, design, footprintSummaries = [] } = result
  const own = footprintSummaries.filter((summary) => summary.measure === measure)
  const hasPoints = pointsOf(design).length > 1
  const placeOf = ({ workload, connections, ratePerSecond }: FootprintSummary): string => {
    if (workload === undefined) return ''
    if (connections === undefined || !hasPoints) return `: ${workload}`
    const point = ratePerSecond === undefined ? { connections } : { connections, ratePerSecond }
    return `: ${workload}, ${pointName(point)}`
  }
  return [...Map.groupBy(own, placeOf)].map(([place, alike]) => ({
    label: `${labels[measure][0]}${place}`,
    cells: contenders.map(({ id }) => cellOf(alike.find(({ contender }) => contender === id))),
  }))
}

const unknownOf = (summaries: readonly FootprintSummary[]): string[] => {
  const missing = summaries.flatMap(({ measure, contender, unknown }) =>
    unknown === undefined || untold.has(measure)
      ? []
      : [{ contender, unknown, what: labels[measure][0].replace(/, \w+$/, '') }],
  )
  return [...Map.groupBy(missing, ({ contender, unknown }) => `${contender}: ${unknown}`)].map(
    ([why, alike]) =>
      `not known (${[...new Set(alike.map(({ what }) => what))].join(', ')}) of ${why}`,
  )
}

/** The table of a run that was asked for it (`--footprint`); undefined for others. */
export const footprintTable = (result: Result): FootprintTable | undefined => {
  const { footprint, footprintSummaries = [] } = result
  if (footprint === undefined || footprint.installs.length === 0) return undefined
  const shown = new Set(result.contenders.map(({ id }) => id))
  return {
    contenders: [...shown],
    rows: footprintMeasures
      .filter((measure) => !untold.has(measure))
      .flatMap((measure) => rowsOf(result, measure)),
    unknown: unknownOf(footprintSummaries),
  }
}

/** How to read it. */
export const footprintReading = (result: Result): string => {
  const shown = new Set(result.contenders.map(({ id }) => id))
  const { installs = [], stands = [] } = result.footprint ?? {}
  const counted = installs.filter(
    ({ bytes, contender }) => bytes !== undefined && shown.has(contender),
  )
  const sizes = [...Map.groupBy(counted, ({ detail }) => detail)].map(
    ([detail, alike]) => `${alike.map(({ contender }) => contender).join(', ')}: ${detail}`,
  )
  const fewer = new Set(
    stands.flatMap(({ contender, idle }) =>
      idle?.fewer === undefined || !shown.has(contender)
        ? []
        : [`${contender}: ${idle.connections} idle connections, as ${idle.fewer}`],
    ),
  )
  return [
    `exploratory, no verdicts; x is the ratio to ${result.contenders[0]?.id ?? 'the base'} with its interval over blocks`,
    'read and write calls are of those families alone (no recv, send or epoll) and hold what goes to the database',
    ...(sizes.length === 0 ? [] : [`on disk are ${sizes.join('; ')}`]),
    ...fewer,
  ].join('; ')
}
