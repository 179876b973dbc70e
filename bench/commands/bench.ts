/** `gapwise bench CONTENDER…`: measures contenders against the first of them. */
import { exitCodes } from '../../src/errors.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { measure } from '../measure.ts'
import type { MeasureOptions } from '../measure-options.ts'
import { printResult } from '../print-result.ts'

/** Options as commander gives them. */
export interface BenchOptions extends MeasureOptions {
  readonly json: boolean
}

/** Measures and prints; returns the exit code. */
export async function bench(
  words: readonly string[],
  options: BenchOptions,
  io: Io,
): Promise<number> {
  const measured = await measure(words, options, `bench ${words.join(' ')}`, io)
  if (measured !== undefined) printResult(measured, options.json ? 'json' : 'text', io)
  if (measured === undefined) io.err('Interrupted before anything was measured.\n')
  if (io.signal.aborted) return interruptedCode(io.signal)
  const sound = measured?.result.gates.every(({ name, ok }) => ok || name !== 'errors')
  return sound === true ? exitCodes.ok : exitCodes.invalid
}
