/** Going on with a run that ended early: the same command with `--resume FILE`, whose blocks follow those of the file. */
import { GapwiseError } from '../src/errors.ts'
import type { Plan } from './plan.ts'
import { differenceLine } from './report/across.ts'
import { blocksDone } from './result/firmness.ts'
import { contenderChanges, differing, groundDifferences } from './result/obstacles.ts'
import { readResult } from './result/read.ts'
import type { Header } from './result/recorder.ts'
import type { Result } from './results.ts'
import { recordedRuns } from './supervisor/leftovers.ts'

/** A run that is gone on with. */
export interface Earlier {
  readonly path: string
  readonly result: Result
  readonly blocks: number
}

/**
 * Reads the file of a run to go on with.
 * @throws GapwiseError `usage` RUN_INVALID for one whose numbers may not be used, RUN_LIVE for one that goes on by
 *   itself; what readResult throws
 */
export async function readEarlier(path: string): Promise<Earlier> {
  const result = await readResult(path)
  if (result.state === 'invalid')
    throw new GapwiseError(
      'usage',
      'RUN_INVALID',
      `${path} is invalid, see its gates: more blocks would not mend it. Start a new run.`,
    )
  const ids = [result.id, ...(result.sittings ?? []).map(({ id }) => id)]
  if (recordedRuns().running.some(({ runId }) => ids.includes(runId)))
    throw new GapwiseError(
      'usage',
      'RUN_LIVE',
      `${path} is being written by a command that runs now: wait until it has ended.`,
    )
  return { path, result, blocks: blocksDone(result) }
}

/**
 * The rest of a plan. The same command draws the same plan, so its first blocks are those that the file has.
 * @throws GapwiseError `usage` NOTHING_LEFT where the file has all of them
 */
export function restOf(plan: Plan, { path, blocks }: Earlier): Plan {
  if (blocks >= plan.blocks.length)
    throw new GapwiseError(
      'usage',
      'NOTHING_LEFT',
      `${path} has all ${plan.blocks.length} blocks of this command: show it with npm run report -- ${path}, or start a new run with a larger --budget.`,
    )
  const rest = plan.blocks.slice(blocks)
  const expectedBlocks = Math.min(rest.length, Math.max(1, plan.expectedBlocks - blocks))
  return { ...plan, blocks: rest, expectedBlocks, totalMs: expectedBlocks * plan.blockMs }
}

type Asked = Pick<Header, 'seed' | 'design' | 'contenders' | 'environment' | 'control'>

const shapeOf = ({ seed, design, contenders, control, environment }: Asked) => ({
  seed,
  contenders: contenders.map(({ id }) => id),
  workloads: design.workloads.map(({ name }) => name),
  rates: design.paced,
  'furthest rounds': design.mostRounds,
  study: design.study,
  against: design.against,
  control: control?.id,
  'lock file': environment.lockFile,
})

/**
 * Blocks of one run must be of one kind: same contenders, versions and machine, same plan.
 * @throws GapwiseError `notComparable` RESUME_DIFFERS with every difference
 */
export function assertSameRun({ path, result }: Earlier, asked: Asked): void {
  const differences = [
    ...differing(shapeOf(result), shapeOf(asked)),
    ...groundDifferences(result, asked),
    ...contenderChanges(result, asked),
  ]
  if (differences.length === 0) return
  throw new GapwiseError(
    'notComparable',
    'RESUME_DIFFERS',
    `${path} cannot be gone on with, because this is not the same run:\n` +
      differences.map((each) => `  ${differenceLine(each)}\n`).join('') +
      `Its command was: ${result.command}\nRepeat it on the same machine with --resume ${path}, or start a new run.`,
  )
}
