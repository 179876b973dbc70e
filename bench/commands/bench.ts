/** `gapwise bench CONTENDER…`: measures contenders against the first of them. */
import { exitCodes } from '../../src/errors.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { isSound, measure } from '../measure.ts'
import { commandLine, type MeasureOptions } from '../measure-options.ts'
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
  const { json, ...measuring } = options
  const command = commandLine(['bench', ...words], measuring)
  const measured = await measure(words, measuring, command, io)
  if (measured === undefined) {
    io.err('Interrupted before anything was measured.\n')
    return interruptedCode(io.signal)
  }
  printResult(measured, json ? 'json' : 'text', io)
  if (io.signal.aborted) return interruptedCode(io.signal)
  return isSound(measured.result) ? exitCodes.ok : exitCodes.invalid
}
