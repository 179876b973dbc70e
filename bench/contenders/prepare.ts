/** Makes sure before anything is started that every contender can run. */
import { GapwiseError } from '../../src/errors.ts'
import type { Contender } from '../contender.ts'
import type { Progress } from '../progress.ts'

/**
 * Asks each contender whether it can run here and makes what it needs (a peer's packages).
 * @throws GapwiseError environment CONTENDER_UNAVAILABLE with the cure
 */
export async function prepareContenders(
  contenders: readonly Contender[],
  progress: Progress,
): Promise<void> {
  for (const contender of contenders) {
    const reason = await contender.unavailable()
    if (reason !== undefined) throw new GapwiseError('environment', 'CONTENDER_UNAVAILABLE', reason)
    await contender.prepare(progress.note)
  }
}
