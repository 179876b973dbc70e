/** One step of a workload against one arm: the request's bytes, and the judge of each answer. */
import type { Arm } from '../../engine.ts'
import type { Ask, Expectation } from '../../workload.ts'
import { chunked, chunkedEnd, excerpt, parseHead, untilClose } from './framing.ts'
import type { Head } from './framing.ts'
import { MalformedAnswer } from './framing.ts'

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

/**
 * Remembers what earlier answers looked like, so that most answers are judged by comparing bytes:
 * one that equals the last passed answer passes; a known head is not parsed again.
 */
export class Exchange {
  readonly request: Buffer
  readonly #title: string
  readonly #expect: Expectation
  /** The body that answers are compared with: given, or kept from the first that passed. */
  #body: Buffer | undefined
  /** The last whole answer that passed, where the body is always the same. */
  #passed: Buffer | undefined
  #passedVerdict = passedAndOpen
  #headBytes: Buffer = Buffer.alloc(0)
  #head: Head | undefined

  constructor(arm: Arm, step: Ask) {
    this.request = requestBytes(arm, step)
    this.#title = `${step.request.method} ${step.request.path}`
    this.#expect = step.expect
    this.#body = step.expect.body === undefined ? undefined : Buffer.from(step.expect.body)
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
    const head = this.#knownHead(data, length) ?? this.#newHead(data, length)
    if (head === undefined) return incomplete
    if (head.status < 200) return this.#judge(data.subarray(head.end), length - head.end, ended)
    const end = bodyEnd(head, data, length, ended)
    if (end < 0 || end > length) return incomplete
    if (end < length)
      return this.#failed('body', `${length - end} bytes after the end of the answer`, false)
    if (head.status !== this.#expect.status)
      return this.#failed(
        'status',
        `expected status ${this.#expect.status}, found ${head.status} with ${excerpt(data.subarray(head.end, end))}`,
        head.keepAlive,
      )
    const reason = this.#bodyProblem(bodyOf(head, data, end))
    if (reason !== undefined) return this.#failed('body', reason, head.keepAlive)
    const verdict = head.keepAlive ? passedAndOpen : passedAndClosing
    if (this.#body !== undefined) {
      this.#passed = Buffer.from(data.subarray(0, length))
      this.#passedVerdict = verdict
    }
    return verdict
  }

  /** The head of the answer before, if this one has the same but for the digits of Content-Length. */
  #knownHead(data: Buffer, length: number): Head | undefined {
    const head = this.#head
    if (head === undefined || length < head.end) return undefined
    const known = this.#headBytes
    const { digitsStart, digitsEnd, end } = head
    if (known.compare(data, 0, digitsStart, 0, digitsStart) !== 0) return undefined
    if (digitsStart === end) return head
    if (known.compare(data, digitsEnd, end, digitsEnd, end) !== 0) return undefined
    let bytes = 0
    for (let at = digitsStart; at < digitsEnd; at++) {
      const digit = (data[at] ?? 0) - 48
      if (digit < 0 || digit > 9) return undefined
      bytes = bytes * 10 + digit
    }
    head.length = bytes
    return head
  }

  #newHead(data: Buffer, length: number): Head | undefined {
    const head = parseHead(data, length)
    if (head === undefined || head.status < 200) return head
    this.#head = head
    this.#headBytes = Buffer.from(data.subarray(0, head.end))
    return head
  }

  #bodyProblem(body: Buffer): string | undefined {
    const wanted = this.#body
    if (wanted !== undefined)
      return wanted.equals(body)
        ? undefined
        : `expected the body ${excerpt(wanted)}, found ${excerpt(body)}`
    const { check, deterministic } = this.#expect
    const reason = check?.(body.toString('utf8'))
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

/** The whole request as it goes over the wire; HTTP/1.1 keeps the connection without being told. */
function requestBytes(arm: Arm, { request }: Ask): Buffer {
  const lines = [
    `${request.method} ${arm.url.pathname.replace(/\/$/, '')}${request.path} HTTP/1.1`,
    `Host: ${arm.url.host}`,
    ...Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ]
  const body = Buffer.from(request.body ?? '')
  if (request.body !== undefined) lines.push(`Content-Length: ${body.length}`)
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
}
