/** `gapwise bench CONTENDER…`: measures contenders against the first of them. */
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { isSound, measure } from '../measure.ts'
import { commandLine, hasFixedRate, type MeasureOptions, quoted } from '../measure-options.ts'
import { printResult } from '../print-result.ts'
import { gateLines } from '../report/gate-lines.ts'
import type { Result } from '../results.ts'
import { parseVcpuPrice } from '../vcpu-price.ts'

/** Options as commander gives them. */
export interface BenchOptions extends MeasureOptions {
  readonly json: boolean
  /** Failed gates end the command with code 3. */
  readonly strict: boolean
  readonly vcpuPrice?: string
}

/** @throws GapwiseError `environment` GATES_FAILED when a gate of the run failed, with its numbers */
export function assertGates({ gates }: Pick<Result, 'gates'>): void {
  const failed = gateLines(gates).filter(({ ok }) => !ok)
  if (failed.length === 0) return
  throw new GapwiseError(
    'environment',
    'GATES_FAILED',
    `The result is kept, but with --strict every gate must pass, and these did not: ${failed.map(({ text }) => text).join('; ')}. ` +
      'See docs/measuring.md for what each needs, or leave --strict out.',
  )
}

/**
 * Measures and prints; returns the exit code.
 * @throws GapwiseError `environment` GATES_FAILED with --strict; what `measure` throws
 */
export async function bench(
  words: readonly string[],
  options: BenchOptions,
  io: Io,
): Promise<number> {
  const { json, strict, vcpuPrice: price, ...measuring } = options
  const vcpuPrice = parseVcpuPrice(price, hasFixedRate(options.rate))
  const command = commandLine(['bench', ...words], measuring)
  const measured = await measure(words, measuring, command, io)
  if (measured === undefined) {
    io.err('Interrupted before anything was measured.\n')
    return interruptedCode(io.signal)
  }
  printResult(measured, json ? 'json' : 'text', io, { vcpuPrice })
  if (measured.result.state === 'partial')
    io.err(
      `To go on with it: npm run bench --${command.slice('bench'.length)} --resume ${quoted(measured.path)}\n`,
    )
  if (io.signal.aborted) return interruptedCode(io.signal)
  if (!isSound(measured.result)) return exitCodes.invalid
  if (strict) assertGates(measured.result)
  return exitCodes.ok
}
