/** One step of a workload against one arm: the request's bytes, and the judge of each answer. */
import type { Arm } from '../../engine.ts'
import type { Ask, Expectation, Request } from '../../workload.ts'
import {
  chunked,
  chunkedEnd,
  excerpt,
  headerValue,
  MalformedAnswer,
  untilClose,
} from './framing.ts'
import type { Head } from './framing.ts'
import { HeadMemory } from './head-memory.ts'

/** What became of an answer; `incomplete` asks for more bytes. */
export interface Verdict {
  readonly outcome: 'incomplete' | 'passed' | 'status' | 'body'
  readonly keepAlive: boolean
  readonly reason: string
}

// Made once: the usual verdicts cost no allocation.
const incomplete: Verdict = { outcome: 'incomplete', keepAlive: true, reason: '' }
const passedAndOpen: Verdict = { outcome: 'passed', keepAlive: true, reason: '' }
const passedAndClosing: Verdict = { outcome: 'passed', keepAlive: false, reason: '' }

/** Statuses whose answers have no body. */
const bodiless = new Set([204, 304])

/**
 * Remembers what earlier answers looked like, so that most answers are judged by comparing bytes:
 * one that equals the last passed answer passes.
 */
export class Exchange {
  readonly request: Buffer
  /** Every answer ends its connection, because the request asks for that. */
  readonly closes: boolean
  readonly #title: string
  readonly #expect: Expectation
  /** The body that answers are compared with: given, or kept from the first that passed. */
  #body: Buffer | undefined
  /** The last whole answer that passed, where the body is always the same. */
  #passed: Buffer | undefined
  #passedVerdict = passedAndOpen
  readonly #heads: HeadMemory
  readonly #keepsText: boolean
  #text = ''

  /**
   * @param scripted of an ask that comes once, in a script that wants the answer's body: the memory that
   *   such exchanges share
   */
  constructor(arm: Arm, { request, expect }: Ask, scripted?: HeadMemory) {
    this.request = requestBytes(arm, request)
    this.closes = asksToClose(request)
    this.#title = `${request.method} ${request.path}`
    this.#expect = expect
    const body = expect.body ?? (bodiless.has(expect.status) ? '' : undefined)
    this.#body = body === undefined ? undefined : Buffer.from(body)
    this.#heads = scripted ?? new HeadMemory()
    this.#keepsText = scripted !== undefined
  }

  /** The body of the answer that passed, if it was scripted. */
  get text(): string {
    return this.#text
  }

  /**
   * Judges what has come in so far.
   * @param length how many bytes of `data` are filled
   * @param ended the server has closed its side: nothing more will come
   */
  judge(data: Buffer, length: number, ended: boolean): Verdict {
    const passed = this.#passed
    if (
      passed !== undefined &&
      passed.length === length &&
      passed.compare(data, 0, length, 0, length) === 0
    )
      return this.#passedVerdict
    try {
      return this.#judge(data, length, ended)
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error
      return this.#failed('body', `found ${error.message}`, false)
    }
  }

  #judge(data: Buffer, length: number, ended: boolean): Verdict {
    const head = this.#heads.read(data, length)
    if (head === undefined) return incomplete
    if (head.status < 200) return this.#judge(data.subarray(head.end), length - head.end, ended)
    const end = bodyEnd(head, data, length, ended)
    if (end < 0 || end > length) return incomplete
    if (end < length)
      return this.#failed('body', `${length - end} bytes after the end of the answer`, false)
    const keepAlive = head.keepAlive && !this.closes
    const { status, headers } = this.#expect
    if (head.status !== status)
      return this.#failed(
        'status',
        `expected status ${status}, found ${head.status} with ${excerpt(data.subarray(head.end, end))}`,
        keepAlive,
      )
    const reason =
      (headers === undefined ? undefined : headersProblem(headers, data.subarray(0, head.end))) ??
      this.#bodyProblem(bodyOf(head, data, end))
    if (reason !== undefined) return this.#failed('body', reason, keepAlive)
    const verdict = keepAlive ? passedAndOpen : passedAndClosing
    if (this.#body !== undefined) {
      this.#passed = Buffer.from(data.subarray(0, length))
      this.#passedVerdict = verdict
    }
    return verdict
  }

  #bodyProblem(body: Buffer): string | undefined {
    const wanted = this.#body
    if (this.#keepsText) this.#text = body.toString('utf8')
    if (wanted !== undefined)
      return wanted.equals(body)
        ? undefined
        : `expected the body ${excerpt(wanted)}, found ${excerpt(body)}`
    const { check, deterministic } = this.#expect
    const reason = check?.(this.#keepsText ? this.#text : body.toString('utf8'))
    if (reason === undefined && deterministic === true) this.#body = Buffer.from(body)
    return reason
  }

  #failed(outcome: 'status' | 'body', reason: string, keepAlive: boolean): Verdict {
    return { outcome, keepAlive, reason: `${this.#title}: ${reason}` }
  }
}

function bodyEnd(head: Head, data: Buffer, length: number, ended: boolean): number {
  if (head.length === chunked) return chunkedEnd(data, head.end, length)
  if (head.length === untilClose) return ended ? length : -1
  return head.end + head.length
}

function bodyOf(head: Head, data: Buffer, end: number): Buffer {
  if (head.length !== chunked) return data.subarray(head.end, end)
  const chunks: Buffer[] = []
  chunkedEnd(data, head.end, end, chunks)
  return Buffer.concat(chunks)
}

/** What is wrong with an answer's headers, if anything. */
function headersProblem(
  wanted: NonNullable<Expectation['headers']>,
  head: Buffer,
): string | undefined {
  const text = head.toString('latin1')
  for (const [name, value] of Object.entries(wanted)) {
    const found = headerValue(text, name)
    const ok =
      found !== undefined &&
      (typeof value === 'string' ? found === value : found.search(value) >= 0)
    if (!ok)
      return `expected the header ${name}: ${String(value)}, found ${found === undefined ? 'none' : JSON.stringify(found)}`
  }
  return undefined
}

const asksToClose = ({ headers = {} }: Request): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'connection' && value.toLowerCase() === 'close',
  )

/** The whole request as it goes over the wire; HTTP/1.1 keeps the connection without being told. */
function requestBytes(arm: Arm, { method, path, headers = {}, body }: Request): Buffer {
  const lines = [
    `${method} ${arm.url.pathname.replace(/\/$/, '')}${path} HTTP/1.1`,
    `Host: ${arm.url.host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  // A method that usually has a body says so when it has none (RFC 9110, 8.6).
  if (body !== undefined || method === 'POST' || method === 'PUT')
    lines.push(`Content-Length: ${Buffer.byteLength(body ?? '')}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`)
}
