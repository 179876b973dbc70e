/** The one loop that measures: the whole contract once, then blocks, each workload of them in fresh processes and databases. */
import type { Block } from './plan.ts'
import { mayStartBlock } from './plan/progress.ts'
import { takeFootprints } from './runner/footprints.ts'
import { type BlockRecord, joined, type RunParts } from './runner/parts.ts'
import { inspectWhole } from './runner/stands.ts'
import { runTrial, type TrialRecord } from './runner/trial.ts'

/** How a run ended. */
export interface RunEnd {
  readonly blocksDone: number
  /** The user stopped it. Running out of time is no interruption: what was planned by then is whole. */
  readonly interrupted: boolean
}

/** Runs one block; nothing of it is kept when it was interrupted, because half a block is no unit of evidence. */
async function runBlock(
  parts: RunParts,
  { index, trials }: Block,
  startedMs: number,
): Promise<BlockRecord | undefined> {
  const tell = (doing: string): void =>
    parts.onMoment({ block: index, doing, elapsedMs: parts.now() - startedMs })
  const records: TrialRecord[] = []
  for (const trial of trials) {
    const record = await runTrial(parts, { block: index, trial, startedMs, tell })
    if (record === undefined || parts.signal.aborted) return undefined
    records.push(record)
  }
  const stands = await takeFootprints(parts, index, tell)
  if (parts.signal.aborted) return undefined
  return {
    ...joined(records),
    quiet: records.flatMap(({ quiet }) => quiet),
    starts: records.flatMap(({ starts }) => starts),
    stands,
    findings: records.flatMap(({ findings }) => findings),
    databaseFaults: records.flatMap(({ databaseFaults }) => databaseFaults),
  }
}

/**
 * Asks every contender for the whole contract, in processes that are not measured: the program stays the same
 * afterwards. Then runs the plan block by block, looks in each at what is measured, and records each as it ends.
 * @throws GapwiseError contender when one does not start, is not the one meant, breaks the contract, or answers with
 *   rows that its database was not asked for; blocks recorded before that stay
 */
export async function run(parts: RunParts): Promise<RunEnd> {
  const { plan, signal, now } = parts
  await inspectWhole(parts, (doing) => parts.onMoment({ block: 0, doing, elapsedMs: 0 }))
  if (signal.aborted) return { blocksDone: 0, interrupted: true }
  const startedMs = now()
  let blocksDone = 0
  let lastBlockMs = 0
  for (const block of plan.blocks) {
    const elapsedMs = now() - startedMs
    if (!mayStartBlock(plan, { blocksDone, elapsedMs, lastBlockMs })) break
    const record = await runBlock(parts, block, startedMs)
    if (record === undefined || signal.aborted) return { blocksDone, interrupted: true }
    const { preciseEnough } = await parts.record(record)
    blocksDone++
    if (preciseEnough) break
    lastBlockMs = now() - startedMs - elapsedMs
  }
  return { blocksDone, interrupted: false }
}
