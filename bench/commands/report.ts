/** `gapwise report [RESULT]`: shows a result file again, in the format asked for. */
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import { resultFiles } from '../effect.ts'
import type { Io } from '../io.ts'
import { resultsFolder } from '../measure-record.ts'
import { printResult, type Format } from '../print-result.ts'
import { partOf } from '../result/part.ts'
import { readResult } from '../result/read.ts'
import { parseVcpuPrice } from '../vcpu-price.ts'

/** Options as commander gives them. */
export interface ReportOptions {
  readonly format: Format
  readonly workload?: string
  readonly contender?: string
  readonly vcpuPrice?: string
}

const namesOf = (list: string | undefined): string[] | undefined =>
  list?.split(',').map((name) => name.trim())

/**
 * Prints a result, or the part that was asked for; returns the exit code.
 * @param named a result file; the newest one when undefined
 */
export async function report(
  named: string | undefined,
  { format, workload, contender, vcpuPrice: price }: ReportOptions,
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
  const isPart = workload !== undefined || contender !== undefined
  if (isPart && format === 'json') {
    throw new GapwiseError(
      'usage',
      'PART_OF_DOCUMENT',
      'A part of a result is for reading: leave --workload and --contender out for the document, or choose text or md.',
    )
  }
  const part = { workloads: namesOf(workload), contenders: namesOf(contender) }
  const result = partOf(await readResult(path), part)
  const atRate = (result.design.paced ?? []).some(
    ({ ratePerSecond }) => ratePerSecond !== undefined,
  )
  const vcpuPrice = parseVcpuPrice(price, atRate)
  printResult({ result, path }, format, io, { vcpuPrice })
  return exitCodes.ok
}
