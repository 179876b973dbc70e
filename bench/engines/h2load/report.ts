/** Reads what h2load prints at the end of a run (nghttp2's documentation, h2load(1), OUTPUT). */
import { GapwiseError } from '../../../src/errors.ts'
import type { WindowReading } from '../../engine.ts'

/** `requests: 20000 total, 200 started, 196 done, 196 succeeded, 19804 failed, 19804 errored, 4 timeout` */
const requestsLine =
  /^requests: (\d+) total, (\d+) started, (\d+) done, \d+ succeeded, \d+ failed, \d+ errored, (\d+) timeout$/m
/** `status codes: 20000 2xx, 0 3xx, 0 4xx, 0 5xx` */
const statusLine = /^status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx$/m
/** `finished in 328.30ms, 60920.82 req/s, 2.32MB/s`; all requests that are done in all of that time. */
const finishedLine = /^finished in ([\d.]+)(s|ms|us), ([\d.]+) req\/s/m

const unitNs = { s: 1e9, ms: 1e6, us: 1e3 } as const

/** The rate has more digits than the time, which is shown in hundredths of its unit. */
const elapsedFrom = (time: string, unit: string, rate: number, done: number): number =>
  rate > 0 ? (done / rate) * 1e9 : Number(time) * unitNs[unit as keyof typeof unitNs]

/**
 * What one run of h2load saw. Requests that it never started, because connections had broken before, are no errors of
 * their own; those in flight on such connections are.
 * @param output all of its standard output, of a run with a number of requests
 * @param status that answers must have; h2load only counts its hundreds
 * @param generatorCpuNs that the run took
 * @throws GapwiseError `internal` H2LOAD_OUTPUT
 */
export function parseReport(
  output: string,
  { status, generatorCpuNs }: { readonly status: number; readonly generatorCpuNs: number },
): WindowReading {
  const requests = requestsLine.exec(output)
  const statuses = statusLine.exec(output)
  const finished = finishedLine.exec(output)
  if (requests === null || statuses === null || finished === null)
    throw new GapwiseError(
      'internal',
      'H2LOAD_OUTPUT',
      `Expected the counts of h2load at the end of its output, found ${JSON.stringify(output.slice(-200))}. Is this nghttp2 1?`,
    )
  const [total = 0, started = 0, done = 0, timeout = 0] = requests.slice(1).map(Number)
  const right = Math.min(done, Number(statuses[Math.floor(status / 100) - 1] ?? 0))
  const wrong = done - right
  // Where not even one could be started, no connection came about.
  const socket = started === 0 && total > 0 ? 1 : Math.max(0, started - done - timeout)
  const faults = [
    wrong > 0 ? `${wrong} answers with a status other than ${status}` : '',
    socket > 0
      ? started === 0
        ? 'no connection could be made'
        : `${socket} requests without an answer, as connections broke`
      : '',
    timeout > 0 ? `${timeout} timeouts` : '',
  ].filter((fault) => fault !== '')
  const [, time = '0', unit = 's', rate = '0'] = finished
  return {
    requests: right,
    errors: { status: wrong, body: 0, socket, timeout },
    ...(faults.length === 0 ? {} : { firstError: `h2load: ${faults.join(', ')}` }),
    elapsedNs: Math.max(1, Math.round(elapsedFrom(time, unit, Number(rate), done))),
    generatorCpuNs,
  }
}
