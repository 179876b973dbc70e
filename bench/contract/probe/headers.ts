/** TechEmpower's rules for the headers of every measured answer. */
import type { IncomingHttpHeaders } from 'node:http'

/** One broken rule. */
export interface HeaderFault {
  readonly expected: string
  readonly found: string
}

const imfDate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/

/** The rules that one answer's headers break. Names are in lower case, as Node gives them. */
export function headerFaults(headers: IncomingHttpHeaders): HeaderFault[] {
  const faults: HeaderFault[] = []
  const names = Object.keys(headers).join(', ')
  for (const name of ['server', 'date', 'content-type'])
    if (headers[name] === undefined)
      faults.push({ expected: `a ${name} header`, found: `only ${names}` })
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined)
    faults.push({ expected: 'Content-Length or Transfer-Encoding', found: `only ${names}` })
  const { date } = headers
  if (date !== undefined && !imfDate.test(date))
    faults.push({ expected: 'Date in the form of RFC 9110', found: date })
  const encoding = headers['content-encoding']
  if (encoding !== undefined)
    faults.push({ expected: 'no Content-Encoding, as none was accepted', found: encoding })
  return faults
}

/** HTML that does not say its charset is guessed at by browsers, so TechEmpower demands it there alone. */
const needsCharset = (mediaType: string): boolean => mediaType === 'text/html'

/**
 * What is wrong with the Content-Type, if anything: it must be the media type itself, with utf-8 as the only
 * parameter allowed (TechEmpower's verifier).
 */
export function mediaTypeFault(
  headers: IncomingHttpHeaders,
  wanted: string,
): HeaderFault | undefined {
  const found = String(headers['content-type'])
  const [type, ...parameters] = found.toLowerCase().split(/; ?/)
  const isRight =
    type === wanted &&
    parameters.every((each) => each === 'charset=utf-8') &&
    (parameters.length > 0 || !needsCharset(wanted))
  if (isRight) return undefined
  return {
    expected: `Content-Type ${wanted}${needsCharset(wanted) ? '; charset=utf-8' : ''}`,
    found,
  }
}
