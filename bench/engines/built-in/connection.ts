/** One connection to one arm: sends a request, judges its answer, sends the next, until its assignment is over. */
import type { Socket } from 'node:net'
import type { Assignment } from './assignment.ts'
import { dial, ownShortage, readBuffer } from './dial.ts'
import type { SocketEvents } from './dial.ts'
import type { Exchange } from './exchange.ts'
import type { Verdict } from './exchange.ts'
import { Parts } from './parts.ts'
import { Walker } from './walker.ts'
import type { RequestStream } from './walker.ts'

const maxAnswerBytes = 16 * 1024 * 1024
const mostLeaving = 16
const firstBackOffMs = 5
const maxBackOffMs = 200

export class Connection implements SocketEvents {
  readonly #url: URL
  #socket: Socket | undefined
  /** Those that the server has said it will close, oldest first. */
  readonly #leaving = new Set<Socket>()
  /** Told once, when the socket is open or cannot be had. */
  #dialled: ((failure: NodeJS.ErrnoException | undefined) => void) | undefined
  #assignment: Assignment | undefined
  readonly #walker = new Walker()
  /** The request in flight, or the next one while there is no socket. */
  #exchange: Exchange | undefined
  readonly #parts = new Parts()
  /** The socket is older than this assignment and has not answered in it, so the server may have closed it as idle. */
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
      this.#dial(() => resolve())
    })
  }

  /**
   * Asks what the stream holds until the assignment is over, then releases it.
   * @param stale the socket, if it is open, may have been idle for so long that the server closes it at this moment
   */
  start(assignment: Assignment, stream: RequestStream, stale: boolean): void {
    this.#assignment = assignment
    this.#walker.follow(stream)
    this.#stale = stale
    this.#lossesInRow = 0
    this.#next(assignment)
  }

  /** Gives up what is in flight, counts it as unanswered and releases the assignment. */
  abort(limitMs: number): void {
    const assignment = this.#assignment
    if (assignment === undefined) return
    if (this.#exchange !== undefined)
      assignment.failed('timeout', `${this.#url.host} gave no answer within ${limitMs} ms`)
    this.close()
    assignment.release()
  }

  /** Closes the connection and forgets its assignment. */
  close(): void {
    clearTimeout(this.#backOff)
    this.#assignment = undefined
    this.#exchange = undefined
    this.#walker.endScript()
    for (const socket of this.#leaving) socket.destroy()
    this.#drop()
  }

  #next(assignment: Assignment): void {
    if (assignment.over) {
      this.#assignment = undefined
      assignment.release()
      return
    }
    try {
      this.#exchange = this.#walker.next()
    } catch (error) {
      assignment.fail(error)
      return
    }
    if (this.#socket === undefined) this.#reconnect(assignment)
    else this.#send()
  }

  #reconnect(assignment: Assignment): void {
    this.#stale = false
    this.#dial((failure) => {
      if (failure === undefined) this.#send()
      else this.#failedSocket(assignment, failure)
    })
  }

  #send(): void {
    if (this.#exchange !== undefined) this.#socket?.write(this.#exchange.request)
  }

  read(socket: Socket, bytes: number): boolean {
    if (socket !== this.#socket) return false
    const exchange = this.#exchange
    if (exchange === undefined) {
      // Nobody asked: a 408 before an idle close, say. The connection cannot be trusted any more.
      this.#drop()
      return false
    }
    const parts = this.#parts
    if (parts.length > 0) parts.add(readBuffer, bytes)
    const verdict =
      parts.length > 0
        ? exchange.judge(parts.data, parts.length, false)
        : exchange.judge(readBuffer, bytes, false)
    if (verdict.outcome !== 'incomplete') this.#settle(exchange, verdict)
    else if (parts.length === 0) parts.add(readBuffer, bytes)
    else if (parts.length > maxAnswerBytes) {
      const reason = 'an answer of more than 16 MB'
      this.#settle(exchange, { outcome: 'body', keepAlive: false, reason })
    }
    return true
  }

  #settle(exchange: Exchange, verdict: Verdict): void {
    const assignment = this.#assignment
    this.#exchange = undefined
    this.#parts.length = 0
    this.#stale = false
    this.#lossesInRow = 0
    if (verdict.outcome === 'status' || verdict.outcome === 'body') {
      if (!verdict.keepAlive) this.#drop()
      this.#walker.endScript()
      assignment?.failed(verdict.outcome, verdict.reason)
    } else {
      if (!verdict.keepAlive) this.#leave()
      this.#walker.passed(exchange)
      assignment?.passed()
    }
    if (assignment !== undefined) this.#next(assignment)
  }

  opened(socket: Socket): void {
    if (socket === this.#socket) this.#tellDialled(undefined)
  }

  closed(socket: Socket, wasOpen: boolean, failure: NodeJS.ErrnoException | undefined): void {
    this.#leaving.delete(socket)
    if (socket !== this.#socket) return
    this.#socket = undefined
    const reason = failure ?? new Error('closed the connection in mid-answer')
    if (wasOpen) this.#lost(reason)
    else this.#tellDialled(reason)
  }

  /** The open socket has closed, by itself or by an error. */
  #lost(reason: NodeJS.ErrnoException): void {
    const assignment = this.#assignment
    const exchange = this.#exchange
    if (assignment === undefined || exchange === undefined) return
    if (this.#parts.length > 0) {
      const verdict = exchange.judge(this.#parts.data, this.#parts.length, true)
      if (verdict.outcome !== 'incomplete') {
        this.#settle(exchange, verdict)
        return
      }
    } else if (this.#stale) {
      // Closed as idle while the request was on its way: between requests, so no error.
      this.#reconnect(assignment)
      return
    }
    this.#failedSocket(assignment, reason)
  }

  #failedSocket(assignment: Assignment, reason: NodeJS.ErrnoException): void {
    this.#exchange = undefined
    this.#parts.length = 0
    this.#walker.endScript()
    const shortage = ownShortage(this.#url, reason)
    if (shortage !== undefined) {
      assignment.fail(shortage)
      return
    }
    assignment.failed('socket', `${this.#url.host}: ${reason.message}`)
    // A server that refuses everything must not make the generator spin.
    const delayMs = Math.min(maxBackOffMs, firstBackOffMs * 2 ** Math.min(10, this.#lossesInRow++))
    this.#backOff = setTimeout(() => this.#next(assignment), delayMs)
  }

  #drop(): void {
    this.#parts.length = 0
    const socket = this.#socket
    this.#socket = undefined
    socket?.destroy()
  }

  /**
   * The side that closes first keeps the port pair for a minute (TIME_WAIT), and only the generator would run
   * out of ports by that: so the socket stays until the server closes it, unless too many wait for that.
   */
  #leave(): void {
    if (this.#socket !== undefined) this.#leaving.add(this.#socket)
    this.#socket = undefined
    const [oldest] = this.#leaving
    if (this.#leaving.size > mostLeaving) oldest?.destroy()
  }

  /** `done` gets the reason when there is no connection, once, unless the connection is dropped before. */
  #dial(done: (failure: NodeJS.ErrnoException | undefined) => void): void {
    this.#dialled = done
    this.#socket = dial(this.#url, this)
  }

  #tellDialled(failure: NodeJS.ErrnoException | undefined): void {
    const done = this.#dialled
    this.#dialled = undefined
    done?.(failure)
  }
}
