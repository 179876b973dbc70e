/** One connection to one arm: sends a request, judges its answer, sends the next, until the window is over. */
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { Exchange, Verdict } from './exchange.ts'
import type { Window } from './window.ts'

// Shared by all connections: libuv fills the buffer and hands it over in one go, and an answer that
// came whole is judged before the next read. Only the parts of a split answer are copied.
const readBuffer = Buffer.allocUnsafe(65_536)
const maxAnswerBytes = 16 * 1024 * 1024
const connectLimitMs = 5_000
const firstBackOffMs = 5
const maxBackOffMs = 200

export class Connection {
  readonly #url: URL
  #socket: Socket | undefined
  #window: Window | undefined
  #cycle: readonly Exchange[] = []
  #cursor = 0
  /** The request in flight. */
  #exchange: Exchange | undefined
  #pending = Buffer.alloc(0)
  #pendingBytes = 0
  /** The socket is older than this window and has not answered in it, so the server may have closed it as idle. */
  #stale = false
  #lossesInRow = 0
  #backOff: NodeJS.Timeout | undefined

  constructor(url: URL) {
    this.#url = url
  }

  /** Opens the connection unless it is open. Resolves also when it cannot be had: the window will count that. */
  async open(): Promise<void> {
    if (this.#socket !== undefined) return
    await new Promise<void>((resolve) => {
      this.#connect(() => resolve())
    })
  }

  /**
   * Walks the cycle until the window is over, then releases it.
   * @param cursor where in the cycle to start
   */
  start(window: Window, cycle: readonly Exchange[], cursor: number): void {
    this.#window = window
    this.#cycle = cycle
    this.#cursor = cursor
    this.#stale = true
    this.#lossesInRow = 0
    this.#next(window)
  }

  /** Gives up what is in flight, counts it as unanswered and releases the window. */
  abort(limitMs: number): void {
    const window = this.#window
    if (window === undefined) return
    if (this.#exchange !== undefined)
      window.failed('timeout', `${this.#url.host} gave no answer within ${limitMs} ms`)
    this.close()
    window.release()
  }

  /** Closes the connection and forgets the window. */
  close(): void {
    clearTimeout(this.#backOff)
    this.#window = undefined
    this.#exchange = undefined
    this.#drop()
  }

  #next(window: Window): void {
    if (window.over) {
      this.#window = undefined
      window.release()
    } else if (this.#socket === undefined) this.#reconnect(window)
    else this.#send()
  }

  #reconnect(window: Window): void {
    this.#stale = false
    this.#connect((failure) => {
      if (failure === undefined) this.#send()
      else this.#failedSocket(window, failure)
    })
  }

  #send(): void {
    const exchange = this.#cycle[this.#cursor]
    if (exchange === undefined) throw new RangeError('The cursor stands outside of the cycle')
    this.#cursor = this.#cursor + 1 === this.#cycle.length ? 0 : this.#cursor + 1
    this.#exchange = exchange
    this.#socket?.write(exchange.request)
  }

  #read(bytes: number): boolean {
    const exchange = this.#exchange
    if (exchange === undefined) {
      // Nobody asked: a 408 before an idle close, say. The connection cannot be trusted any more.
      this.#drop()
      return false
    }
    if (this.#pendingBytes > 0) this.#keep(bytes)
    const verdict =
      this.#pendingBytes > 0
        ? exchange.judge(this.#pending, this.#pendingBytes, false)
        : exchange.judge(readBuffer, bytes, false)
    if (verdict.outcome !== 'incomplete') this.#settle(verdict)
    else if (this.#pendingBytes === 0) this.#keep(bytes)
    else if (this.#pendingBytes > maxAnswerBytes)
      this.#settle({ outcome: 'body', keepAlive: false, reason: 'an answer of more than 16 MB' })
    return true
  }

  /** Copies what was just read behind the parts that came before. */
  #keep(bytes: number): void {
    const needed = this.#pendingBytes + bytes
    if (needed > this.#pending.length) {
      const larger = Buffer.allocUnsafe(Math.max(readBuffer.length, needed * 2))
      this.#pending.copy(larger, 0, 0, this.#pendingBytes)
      this.#pending = larger
    }
    readBuffer.copy(this.#pending, this.#pendingBytes, 0, bytes)
    this.#pendingBytes = needed
  }

  #settle(verdict: Verdict): void {
    const window = this.#window
    this.#exchange = undefined
    this.#pendingBytes = 0
    this.#stale = false
    this.#lossesInRow = 0
    if (!verdict.keepAlive) this.#drop()
    if (window === undefined) return
    if (verdict.outcome === 'status' || verdict.outcome === 'body')
      window.failed(verdict.outcome, verdict.reason)
    else window.passed()
    this.#next(window)
  }

  /** The socket has closed, by itself or by an error. */
  #lost(reason: string): void {
    const window = this.#window
    const exchange = this.#exchange
    if (window === undefined || exchange === undefined) return
    if (this.#pendingBytes > 0) {
      const verdict = exchange.judge(this.#pending, this.#pendingBytes, true)
      if (verdict.outcome !== 'incomplete') {
        this.#settle(verdict)
        return
      }
    } else if (this.#stale) {
      // Closed as idle while the request was on its way: between requests, so no error.
      this.#cursor = (this.#cursor + this.#cycle.length - 1) % this.#cycle.length
      this.#exchange = undefined
      this.#reconnect(window)
      return
    }
    this.#failedSocket(window, reason)
  }

  #failedSocket(window: Window, reason: string): void {
    this.#exchange = undefined
    this.#pendingBytes = 0
    window.failed('socket', `${this.#url.host}: ${reason}`)
    // A server that refuses everything must not make the generator spin.
    const delayMs = Math.min(maxBackOffMs, firstBackOffMs * 2 ** Math.min(10, this.#lossesInRow++))
    this.#backOff = setTimeout(() => this.#next(window), delayMs)
  }

  #drop(): void {
    this.#pendingBytes = 0
    const socket = this.#socket
    this.#socket = undefined
    socket?.destroy()
  }

  /** Connects; `done` gets the reason when it could not, once, unless the connection is dropped before. */
  #connect(done: (failure: string | undefined) => void): void {
    const socket = connect({
      host: this.#url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(this.#url.port || 80),
      noDelay: true,
      onread: { buffer: readBuffer, callback: (bytes) => this.#read(bytes) },
    })
    this.#socket = socket
    let failure: string | undefined
    let connected = false
    const limit = setTimeout(() => {
      socket.destroy(new Error(`no connection within ${connectLimitMs} ms`))
    }, connectLimitMs)
    socket.once('connect', () => {
      clearTimeout(limit)
      connected = true
      if (this.#socket === socket) done(undefined)
    })
    socket.once('error', (error) => {
      failure = error.message
    })
    socket.once('close', () => {
      clearTimeout(limit)
      if (this.#socket !== socket) return
      this.#socket = undefined
      const reason = failure ?? 'closed the connection in mid-answer'
      if (connected) this.#lost(reason)
      else done(reason)
    })
  }
}
