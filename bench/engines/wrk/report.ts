/** Reads the line that report.lua prints at the end of a run of wrk. */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../../../src/errors.ts'
import type { WindowReading } from '../../engine.ts'

const mark = 'GAPWISE '
const ReportSchema = Type.Object({
  requests: Type.Integer({ minimum: 0 }),
  durationUs: Type.Integer({ minimum: 1 }),
  cpuUs: Type.Integer({ minimum: 0 }),
  connect: Type.Integer({ minimum: 0 }),
  read: Type.Integer({ minimum: 0 }),
  write: Type.Integer({ minimum: 0 }),
  status: Type.Integer({ minimum: 0 }),
  timeout: Type.Integer({ minimum: 0 }),
})

/**
 * What one run of wrk saw. wrk counts answers of 400 and above among its requests, so they are
 * subtracted; it does not look at bodies.
 * @param output all of its standard output
 * @throws GapwiseError `internal` WRK_OUTPUT
 */
export function parseReport(output: string): WindowReading {
  const line = output.split('\n').find((one) => one.startsWith(mark))
  const report: unknown = line === undefined ? undefined : JSON.parse(line.slice(mark.length))
  if (!Value.Check(ReportSchema, report))
    throw new GapwiseError(
      'internal',
      'WRK_OUTPUT',
      `Expected the counts of report.lua from wrk, found ${JSON.stringify(output.slice(-200))}. Is this wrk 4?`,
    )
  const { requests, status, timeout } = report
  const socket = report.connect + report.read + report.write
  const faults = [
    status > 0 ? `${status} answers with status 400 or above` : '',
    socket > 0
      ? `${socket} socket errors (connect ${report.connect}, read ${report.read}, write ${report.write})`
      : '',
    timeout > 0 ? `${timeout} timeouts` : '',
  ].filter((fault) => fault !== '')
  return {
    requests: Math.max(0, requests - status),
    errors: { status, body: 0, socket, timeout },
    ...(faults.length === 0 ? {} : { firstError: `wrk: ${faults.join(', ')}` }),
    elapsedNs: report.durationUs * 1000,
    generatorCpuNs: report.cpuUs * 1000,
  }
}
