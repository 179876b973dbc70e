/** A thread that holds a connection, as the thread that waits for it sees it. */
import { once } from 'node:events'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { GapwiseError } from '../../errors.ts'
import type { PlaceSettings } from '../place.ts'
import { type Answer, type Call, fromSent, type Task, type ThreadData } from './call.ts'

/** How long a thread may take to close its connection before it is ended. */
const closeLimitMs = 3000

export class CallThread {
  readonly #worker: Worker
  readonly #port
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #exited: Promise<void>
  #gone = false

  /** @param entry the module that serves the calls */
  constructor(entry: URL, settings: PlaceSettings) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const workerData: ThreadData = { settings, port: port2, answered: this.#answered }
    this.#worker = new Worker(entry, { workerData, transferList: [port2] })
    this.#exited = new Promise((resolve) =>
      this.#worker.once('exit', () => {
        this.#gone = true
        resolve()
      }),
    )
    // Its exit follows; unheard, its error would end the process.
    this.#worker.on('error', () => (this.#gone = true))
  }

  /** It has ended, or was given up. */
  get gone(): boolean {
    return this.#gone
  }

  /**
   * Resolves when it takes calls.
   * @throws what has ended it instead
   */
  async ready(): Promise<void> {
    await once(this.#worker, 'message')
  }

  /**
   * Blocks this thread, and with it the event loop, until the database has answered.
   * @throws the database's error with its code; GapwiseError environment DATABASE_CALL_TOO_LONG after `limitMs`
   */
  call(call: Call, limitMs: number): unknown[] {
    Atomics.store(this.#answered, 0, 0)
    this.#post({ call })
    const endMs = performance.now() + limitMs
    // What wakes may be the last call's, whose answer was found without waiting; only the number tells.
    while (Atomics.load(this.#answered, 0) === 0) {
      const leftMs = Math.max(0, endMs - performance.now())
      if (Atomics.wait(this.#answered, 0, 0, leftMs) !== 'timed-out') continue
      // Its answer may still come, but nobody could tell it from the next one's.
      this.#end()
      throw new GapwiseError(
        'environment',
        'DATABASE_CALL_TOO_LONG',
        `Expected PostgreSQL to answer within ${limitMs / 1000} s, as nothing else is served meanwhile, but it did not. ` +
          'Look for what holds the statement up (a lock, a full disk), or switch the toggle off with ~blocking-call.',
      )
    }
    const received = receiveMessageOnPort(this.#port)
    if (received === undefined) throw new Error('A blocking call was woken without an answer.')
    const answer = received.message as Answer
    if ('error' in answer) throw fromSent(answer.error)
    return answer.rows
  }

  discard(): void {
    this.#post('discard')
  }

  /** Resolves when the thread has ended, and its connection with it. */
  async close(): Promise<void> {
    const limit = setTimeout(() => this.#end(), closeLimitMs)
    this.#post('close')
    await this.#exited
    clearTimeout(limit)
    this.#port.close()
  }

  #end(): void {
    this.#gone = true
    void this.#worker.terminate()
  }

  #post(task: Task): void {
    this.#port.postMessage(task)
  }
}
