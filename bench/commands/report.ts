/** `gapwise report [RESULT]`: shows a result file again, in the format asked for. */
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import { resultFiles } from '../effect.ts'
import type { Io } from '../io.ts'
import { resultsFolder } from '../measure-record.ts'
import { printResult, type Format } from '../print-result.ts'
import { readResult } from '../result/read.ts'
import { parseVcpuPrice } from '../vcpu-price.ts'

/**
 * Prints a result; returns the exit code.
 * @param named a result file; the newest one when undefined
 */
export async function report(
  named: string | undefined,
  { format, vcpuPrice: price }: { readonly format: Format; readonly vcpuPrice?: string },
  io: Io,
): Promise<number> {
  const path = named ?? resultFiles(resultsFolder)[0]
  if (path === undefined) {
    throw new GapwiseError(
      'usage',
      'NO_RESULTS',
      'There is no result file yet. Make one: npm run bench.',
    )
  }
  const result = await readResult(path)
  const vcpuPrice = parseVcpuPrice(price, (result.design.paced ?? []).length > 0)
  printResult({ result, path }, format, io, { vcpuPrice })
  return exitCodes.ok
}
