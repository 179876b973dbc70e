/** Minimal HTTP/1 framing: where an answer's head ends, how long its body is, and whether the connection stays. */

/** Thrown for bytes that are not an HTTP/1 answer; the connection cannot be used any more. */
export class MalformedAnswer extends Error {}

/** The `length` of a body that is chunked. */
export const chunked = -1
/** The `length` of a body that ends with the connection. */
export const untilClose = -2

/** What the head of an answer says. */
export interface Head {
  readonly status: number
  /** Offset of the body's first byte. */
  readonly end: number
  /** Bytes of the body, or `chunked`, or `untilClose`. */
  length: number
  /** Where the digits of Content-Length stand; both equal `end` where there are none. */
  readonly digitsStart: number
  readonly digitsEnd: number
  readonly keepAlive: boolean
}

const maxHeadBytes = 65_536
const headEnd = Buffer.from('\r\n\r\n')
const version = Buffer.from('HTTP/1.')
const lengthHeader = /\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n/d

/**
 * Reads the head of the answer that starts at byte 0.
 * @param length how many bytes of `data` are filled
 * @returns undefined while the head is incomplete
 * @throws MalformedAnswer
 */
export function parseHead(data: Buffer, length: number): Head | undefined {
  const filled = data.subarray(0, length)
  const seen = Math.min(length, version.length)
  if (filled.compare(version, 0, seen, 0, seen) !== 0)
    throw new MalformedAnswer(`no HTTP/1 status line but ${excerpt(filled)}`)
  const blank = filled.indexOf(headEnd)
  if (blank < 0) {
    if (length > maxHeadBytes) throw new MalformedAnswer('a head of more than 64 kB')
    return undefined
  }
  const end = blank + headEnd.length
  const text = filled.toString('latin1', 0, end).toLowerCase()
  const line = /^http\/1\.([01]) ([1-5]\d\d)[ \r]/.exec(text)
  if (line === null) throw new MalformedAnswer(`a status line like ${excerpt(filled)}`)
  const status = Number(line[2])
  const connection = /\r\nconnection:([^\r]*)/.exec(text)?.[1] ?? ''
  const keepAlive =
    line[1] === '1' ? !connection.includes('close') : connection.includes('keep-alive')
  const rest = { status, end, digitsStart: end, digitsEnd: end }
  if (status < 200 || status === 204 || status === 304) return { ...rest, length: 0, keepAlive }
  if (/\r\ntransfer-encoding:[^\r]*chunked/.test(text))
    return { ...rest, length: chunked, keepAlive }
  const found = lengthHeader.exec(text)
  const digits = found?.indices?.[1]
  if (found !== null && digits !== undefined)
    return {
      ...rest,
      length: Number(found[1]),
      digitsStart: digits[0],
      digitsEnd: digits[1],
      keepAlive,
    }
  if (text.includes('\r\ncontent-length:'))
    throw new MalformedAnswer('a Content-Length that is no number')
  return { ...rest, length: untilClose, keepAlive: false }
}

/**
 * One header of an answer.
 * @param head all of it, as it came
 * @param name in lower case
 * @returns the first value of that name without the white space around it, or undefined
 */
export function headerValue(head: string, name: string): string | undefined {
  const line = `\r\n${name}:`
  const at = head.toLowerCase().indexOf(line)
  if (at < 0) return undefined
  const start = at + line.length
  return head.slice(start, head.indexOf('\r\n', start)).trim()
}

/**
 * Walks over a chunked body.
 * @param start offset of the body's first byte
 * @param length how many bytes of `data` are filled
 * @param into where to put the chunks' bytes, if anywhere
 * @returns offset after the body's last byte, or -1 while it is incomplete
 * @throws MalformedAnswer
 */
export function chunkedEnd(data: Buffer, start: number, length: number, into?: Buffer[]): number {
  let at = start
  for (;;) {
    const size = sizeLine(data, at, length)
    if (size === undefined) return -1
    const { bytes, after } = size
    if (bytes === 0) return trailersEnd(data, after, length)
    if (after + bytes + 2 > length) return -1
    if (data[after + bytes] !== 13 || data[after + bytes + 1] !== 10)
      throw new MalformedAnswer('a chunk that is longer than its size')
    into?.push(data.subarray(after, after + bytes))
    at = after + bytes + 2
  }
}

function sizeLine(data: Buffer, at: number, length: number) {
  const newline = data.indexOf(10, at)
  if (newline < 0 || newline >= length) {
    if (length - at > 4096) throw new MalformedAnswer('a chunk without a size')
    return undefined
  }
  const text = data.toString('latin1', at, newline)
  const digits = /^([0-9a-f]{1,8})[ \t]*(;.*)?\r$/i.exec(text)?.[1]
  if (digits === undefined) throw new MalformedAnswer(`a chunk of size ${JSON.stringify(text)}`)
  return { bytes: Number.parseInt(digits, 16), after: newline + 1 }
}

/** Trailers are skipped line by line; an empty line ends the body. */
function trailersEnd(data: Buffer, from: number, length: number): number {
  let at = from
  for (;;) {
    const newline = data.indexOf(10, at)
    if (newline < 0 || newline >= length) return -1
    if (newline - at <= 1) return newline + 1
    at = newline + 1
  }
}

/** The first bytes of an answer, safe to print. */
export const excerpt = (data: Buffer): string => JSON.stringify(data.toString('utf8', 0, 80))
