/** Makes sure before anything is started that every contender can run. */
import { GapwiseError } from '../../src/errors.ts'
import type { Contender } from '../contender.ts'
import type { Progress } from '../progress.ts'

/**
 * Asks each contender whether it can run here and makes what it needs (a peer's packages).
 * @param signal when it aborts, what is left to do is left
 * @throws GapwiseError environment CONTENDER_UNAVAILABLE with the cure
 */
export async function prepareContenders(
  contenders: readonly Contender[],
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  for (const contender of contenders) {
    if (signal.aborted) return
    const reason = await contender.unavailable()
    if (reason !== undefined) throw new GapwiseError('environment', 'CONTENDER_UNAVAILABLE', reason)
    try {
      await contender.prepare(progress.note, signal)
    } catch (error) {
      // An interruption ends the installer: that it failed is then no news.
      if (!signal.aborted) throw error
    }
  }
}
