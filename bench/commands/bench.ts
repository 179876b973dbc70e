/** `gapwise bench CONTENDER…`: measures contenders against the first of them. */
import { exitCodes } from '../../src/errors.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { isSound, measure } from '../measure.ts'
import type { MeasureOptions } from '../measure-options.ts'
import { printResult } from '../print-result.ts'
import { parseVcpuPrice } from '../vcpu-price.ts'

/** Options as commander gives them. */
export interface BenchOptions extends MeasureOptions {
  readonly json: boolean
  readonly vcpuPrice?: string
}

/** Measures and prints; returns the exit code. */
export async function bench(
  words: readonly string[],
  options: BenchOptions,
  io: Io,
): Promise<number> {
  const vcpuPrice = parseVcpuPrice(options.vcpuPrice, options.rate !== undefined)
  const measured = await measure(words, options, `bench ${words.join(' ')}`, io)
  if (measured === undefined) {
    io.err('Interrupted before anything was measured.\n')
    return interruptedCode(io.signal)
  }
  printResult(measured, options.json ? 'json' : 'text', io, { vcpuPrice })
  if (io.signal.aborted) return interruptedCode(io.signal)
  return isSound(measured.result) ? exitCodes.ok : exitCodes.invalid
}
