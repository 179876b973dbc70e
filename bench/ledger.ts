/** The ledger: every run in which the truth was known beforehand, and what the bench said of it. */
import { appendFile, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../src/errors.ts'
import { decidingOf } from './result/deciding.ts'
import { metric } from './result/schema-parts.ts'
import type { Result } from './results.ts'

/** One run of two contenders. */
const ledgerEntrySchema = Type.Object({
  runId: Type.String(),
  measuredAt: Type.String(),
  /** The server set against its twin, or against one in which work was planted. */
  kind: Type.Union([Type.Literal('same'), Type.Literal('planted')]),
  /** By how much each request was made dearer, as a share of its cost: 0.03; 0 where nothing was. */
  planted: Type.Number({ minimum: 0 }),
  workload: Type.String(),
  connections: Type.Integer({ minimum: 1 }),
  metric,
  ratio: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  confidence: Type.Number(),
  verdict: Type.String(),
  blocks: Type.Integer({ minimum: 1 }),
  budgetMs: Type.Number(),
  windowMs: Type.Number(),
  seed: Type.Integer(),
  /** The gate `quiet` failed. */
  disturbed: Type.Boolean(),
  cpu: Type.String(),
  cores: Type.Integer({ minimum: 1 }),
  node: Type.String(),
  commit: Type.Optional(Type.String()),
})

export type LedgerEntry = Static<typeof ledgerEntrySchema>
export type Truth = Pick<LedgerEntry, 'kind' | 'planted'>

/** One entry a line; lines are only ever added. */
export const ledgerFile = fileURLToPath(new URL('ledger/ledger.jsonl', import.meta.url))

/**
 * What a run of two contenders says, in the metric that its verdict is read from.
 * @returns undefined where it has no interval
 */
export const entryOf = (result: Result, { kind, planted }: Truth): LedgerEntry | undefined => {
  const workload = result.design.workloads[0]?.name ?? ''
  const found = decidingOf(
    result.design,
    workload,
    result.comparisons.filter((each) => each.workload === workload),
    undefined,
  )
  if (found?.low === undefined || found.high === undefined) return undefined
  const { environment, design } = result
  const commit = environment.git?.commit
  return {
    runId: result.id,
    measuredAt: result.startedAt,
    kind,
    planted,
    workload,
    connections: found.point.connections,
    metric: found.metric,
    ratio: found.ratio,
    low: found.low,
    high: found.high,
    confidence: found.confidence,
    verdict: found.verdict,
    blocks: found.blocks,
    budgetMs: design.budgetMs,
    windowMs: design.windowMs,
    seed: result.seed,
    disturbed: result.gates.some(({ name, ok }) => name === 'quiet' && !ok),
    cpu: environment.cpu,
    cores: environment.cores,
    node: environment.node,
    ...(commit === undefined ? {} : { commit }),
  }
}

/** Adds a line. */
export const appendEntry = (entry: LedgerEntry, file = ledgerFile): Promise<void> =>
  appendFile(file, `${JSON.stringify(entry)}\n`)

/**
 * Every entry, oldest first; none where there is no ledger yet.
 * @throws GapwiseError `usage` LEDGER_CORRUPT, with the line
 */
export async function readLedger(file = ledgerFile): Promise<LedgerEntry[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const entry = parsed(line)
      if (Value.Check(ledgerEntrySchema, entry)) return entry
      throw new GapwiseError(
        'usage',
        'LEDGER_CORRUPT',
        `${file}, line ${index + 1} is no entry of a ledger: restore the file from git, lines are only ever added to it.`,
      )
    })
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
