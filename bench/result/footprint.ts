/** Works out what contenders need besides time: one value for each block, and its mean and interval over blocks. Pure. */
import { type Point, pointKey, pointOf } from '../point.ts'
import type { Raw, Window } from '../results.ts'
import { estimateMean, exponentiate } from '../stats/interval.ts'
import type {
  FootprintMeasure,
  FootprintStand,
  FootprintStart,
  FootprintSummary,
  Install,
} from './footprint-schema.ts'

/** Something that was seen in a block, of a contender. */
export interface Seen {
  readonly block: number
  readonly contender: string
  readonly workload?: string
  readonly point?: Point
  /** Undefined where it is not known, and why where that was told. */
  readonly value: number | undefined
  readonly reason?: string | undefined
}

const units: Readonly<Record<FootprintMeasure, string>> = {
  startTime: 'ms',
  startCpu: 'ns',
  memory: 'bytes',
  peakMemory: 'bytes',
  readCalls: 'calls/request',
  writeCalls: 'calls/request',
  writtenBytes: 'bytes/request',
  heap: 'bytes',
  memoryAfterGc: 'bytes',
  collections: '1/1,000 requests',
  collecting: 'ns/1,000 requests',
  idleConnection: 'bytes/connection',
  install: 'bytes',
}

const notTold = 'the machine does not tell'

type FromStart = (start: FootprintStart) => { value: number | undefined; key: string }
const ofStart: Partial<Record<FootprintMeasure, FromStart>> = {
  startTime: ({ readyMs }) => ({ value: readyMs, key: 'start' }),
  startCpu: ({ cpuNs }) => ({ value: cpuNs, key: 'start' }),
  memory: ({ memoryBytes }) => ({ value: memoryBytes, key: 'memory' }),
  peakMemory: ({ peakBytes }) => ({ value: peakBytes, key: 'memory' }),
}

const perThousand = (amount: number, requests: number): number | undefined =>
  requests > 0 ? (1000 * amount) / requests : undefined

type FromStand = (stand: FootprintStand) => { value: number | undefined; key: string }
const ofStand: Partial<Record<FootprintMeasure, FromStand>> = {
  heap: ({ garbage }) => ({ value: garbage?.heapBytes, key: 'garbage' }),
  memoryAfterGc: ({ garbage }) => ({ value: garbage?.memoryBytes, key: 'garbage' }),
  collections: ({ garbage }) => ({
    value: garbage && perThousand(garbage.collections, garbage.requests),
    key: 'garbage',
  }),
  collecting: ({ garbage }) => ({
    value: garbage && perThousand(garbage.collectingNs, garbage.requests),
    key: 'garbage',
  }),
  idleConnection: ({ idle }) => ({
    value: idle && (idle.withBytes - idle.withoutBytes) / idle.connections,
    key: 'idle',
  }),
}

type FromWindow = (io: NonNullable<Window['io']>) => number
const ofIo: Partial<Record<FootprintMeasure, FromWindow>> = {
  readCalls: ({ readCalls }) => readCalls,
  writeCalls: ({ writeCalls }) => writeCalls,
  writtenBytes: ({ writtenBytes }) => writtenBytes,
}

/** All counted windows of an arm in a block, taken together; not known where one is not, or had failed answers. */
const seenInWindows = (windows: readonly Window[], of: FromWindow): Seen[] =>
  [
    ...Map.groupBy(windows, (window) =>
      JSON.stringify([window.block, window.workload, pointKey(window), window.contender]),
    ).values(),
  ].map((alike) => {
    const { block, contender, workload } = alike[0]!
    const point = pointOf(alike[0]!)
    const requests = alike.reduce((sum, window) => sum + window.requests, 0)
    const amounts = alike.flatMap(({ io }) => (io === undefined ? [] : [of(io)]))
    const failed = alike.some(({ errors }) => Object.values(errors).some((count) => count > 0))
    const isKnown = amounts.length === alike.length && requests > 0 && !failed
    const value = isKnown ? amounts.reduce((sum, each) => sum + each, 0) / requests : undefined
    const reason = failed || requests === 0 ? 'answers failed' : notTold
    return { block, contender, workload, point, value, reason }
  })

/** What a start takes does not depend on the workload that follows it. */
const ofAllWorkloads = new Set<FootprintMeasure>(['startTime', 'startCpu'])

const seenOf = (raw: Raw, measure: FootprintMeasure): Seen[] => {
  const { starts = [], stands = [] } = raw.footprint ?? {}
  const fromStart = ofStart[measure]
  if (fromStart !== undefined)
    return starts.map((start) => {
      const { value, key } = fromStart(start)
      const { block, contender, workload, unknown } = start
      const scope = ofAllWorkloads.has(measure) ? {} : { workload }
      return { block, contender, ...scope, value, reason: unknown[key] }
    })
  const fromStand = ofStand[measure]
  if (fromStand !== undefined)
    return stands.map((stand) => {
      const { value, key } = fromStand(stand)
      const { block, contender, workload, unknown } = stand
      const scope = measure === 'idleConnection' ? {} : { workload }
      return { block, contender, ...scope, value, reason: unknown[key] }
    })
  const fromIo = ofIo[measure]
  return fromIo === undefined ? [] : seenInWindows(raw.windows, fromIo)
}

/** Mean of what was seen in each block; blocks without anything known are absent. */
export const byBlock = (seen: readonly Seen[]): Map<number, number> =>
  new Map(
    [...Map.groupBy(seen, ({ block }) => block)].flatMap(([block, alike]) => {
      const values = alike.flatMap(({ value }) => value ?? [])
      return values.length === 0
        ? []
        : [[block, values.reduce((sum, each) => sum + each, 0) / values.length] as const]
    }),
  )

/** Of the blocks that both know; undefined where one of them is not above 0, as it then has no logarithm. */
export const ratioOf = (
  own: ReadonlyMap<number, number>,
  base: ReadonlyMap<number, number> | undefined,
  confidence: number,
): FootprintSummary['ratio'] => {
  const pairs = [...own].flatMap(([block, value]) => {
    const against = base?.get(block)
    return against === undefined ? [] : [[value, against] as const]
  })
  if (pairs.length === 0 || pairs.some(([value, against]) => !(value > 0 && against > 0)))
    return undefined
  return exponentiate(
    estimateMean(
      pairs.map(([value, against]) => Math.log(value / against)),
      confidence,
    ),
  )
}

const summarize = (
  raw: Raw,
  measure: FootprintMeasure,
  seen: readonly Seen[],
): FootprintSummary[] => {
  const { confidence } = raw.design
  const base = raw.contenders[0]?.id ?? ''
  const groups = Map.groupBy(seen, ({ contender }) => contender)
  const ofBase = groups.get(base)
  const baseBlocks = ofBase === undefined ? undefined : byBlock(ofBase)
  return raw.contenders.flatMap(({ id }): FootprintSummary[] => {
    const own = groups.get(id)
    if (own === undefined) return []
    const { workload, point } = own[0]!
    const scope = {
      measure,
      unit: units[measure],
      contender: id,
      ...(workload === undefined ? {} : { workload }),
      ...point,
    }
    const blocks = byBlock(own)
    if (blocks.size === 0) {
      const reason = own.find((each) => each.reason !== undefined)?.reason ?? notTold
      return [{ ...scope, blocks: 0, unknown: reason }]
    }
    const { mean: value, low, high } = estimateMean([...blocks.values()], confidence)
    const ratio = id === base ? undefined : ratioOf(blocks, baseBlocks, confidence)
    return [
      {
        ...scope,
        value,
        ...(low === undefined ? {} : { low }),
        ...(high === undefined ? {} : { high }),
        blocks: blocks.size,
        ...(ratio === undefined ? {} : { ratio }),
      },
    ]
  })
}

/** Counted once for a run, so without an interval. */
const summarizeInstalls = (raw: Raw, installs: readonly Install[]): FootprintSummary[] => {
  const base = installs.find(({ contender }) => contender === raw.contenders[0]?.id)
  return installs.map((install) => {
    const scope = { measure: 'install' as const, unit: units.install, contender: install.contender }
    const { bytes, detail } = install
    if (bytes === undefined) return { ...scope, blocks: 0, unknown: detail }
    const hasRatio = install !== base && (base?.bytes ?? 0) > 0
    const ratio = hasRatio ? { ratio: { value: bytes / base!.bytes! } } : {}
    return { ...scope, value: bytes, blocks: 0, ...ratio }
  })
}

const measured = [...Object.keys(ofStart), ...Object.keys(ofIo), ...Object.keys(ofStand)]

/**
 * Each measure of each contender over the blocks, Student's t over one value for each block; none for a file without
 * a footprint. Ratios pair the blocks and are geometric, as all ratios of a result.
 */
export const footprintSummaries = (raw: Raw): FootprintSummary[] | undefined => {
  if (raw.footprint === undefined) return undefined
  const rows = (measured as FootprintMeasure[]).flatMap((measure) => {
    const scopes = Map.groupBy(seenOf(raw, measure), ({ workload, point }) =>
      JSON.stringify([workload, point && pointKey(point)]),
    )
    return [...scopes.values()].flatMap((seen) => summarize(raw, measure, seen))
  })
  return [...rows, ...summarizeInstalls(raw, raw.footprint.installs)]
}
