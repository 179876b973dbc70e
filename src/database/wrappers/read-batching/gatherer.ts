/** Gathers questions while earlier ones are being answered, and asks them together: no timer, so nothing waits when idle. */

/** One request's keys, and the promise that waits for their values. */
interface Question<Key, Value> {
  readonly keys: readonly Key[]
  readonly resolve: (values: Value[]) => void
  readonly reject: (error: unknown) => void
}

export interface GathererSettings<Key, Value> {
  /** The most keys of one batch. */
  readonly maxBatch: number
  /** How many batches may be under way at once. */
  readonly maxInFlight: number
  /** Asks for different keys at once; a key without a value is left out. */
  readonly ask: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>
  /** What a question gets that has a key without a value. */
  readonly missing: (key: Key) => Error
  /** Whether one question may be to blame for a batch that failed; else all of it has failed. */
  readonly isOfOne: (error: unknown) => boolean
}

/** Answers questions in batches. A question joins only a batch that is not sent yet, so it never gets an older answer. */
export class Gatherer<Key, Value> {
  readonly #settings: GathererSettings<Key, Value>
  #waiting: Question<Key, Value>[] = []
  #inFlight = 0

  constructor(settings: GathererSettings<Key, Value>) {
    this.#settings = settings
  }

  /**
   * Asks for values.
   * @param keys any number, in any order, also with repetitions
   * @returns one value per key, in the order of the keys
   */
  async ask(keys: readonly Key[]): Promise<Value[]> {
    const { maxBatch } = this.#settings
    if (keys.length === 0) return []
    if (keys.length <= maxBatch) return this.#gather(keys)
    const parts = Array.from({ length: Math.ceil(keys.length / maxBatch) }, (_, index) =>
      this.#gather(keys.slice(index * maxBatch, (index + 1) * maxBatch)),
    )
    return (await Promise.all(parts)).flat()
  }

  #gather(keys: readonly Key[]): Promise<Value[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ keys, resolve, reject })
      this.#send()
    })
  }

  #send(): void {
    while (this.#inFlight < this.#settings.maxInFlight && this.#waiting.length > 0) {
      this.#inFlight++
      void this.#answer(this.#takeBatch()).finally(() => {
        this.#inFlight--
        this.#send()
      })
    }
  }

  /** The questions that have waited longest, one at least, as far as their keys fit into one batch. */
  #takeBatch(): readonly Question<Key, Value>[] {
    let size = 0
    let count = 0
    for (const { keys } of this.#waiting) {
      if (count > 0 && size + keys.length > this.#settings.maxBatch) break
      size += keys.length
      count++
    }
    return this.#waiting.splice(0, count)
  }

  /** Never rejects: each question gets its values or its error. */
  async #answer(questions: readonly Question<Key, Value>[]): Promise<void> {
    const { ask, isOfOne } = this.#settings
    let values: ReadonlyMap<Key, Value>
    try {
      values = await ask([...new Set(questions.flatMap(({ keys }) => keys))])
    } catch (error) {
      if (questions.length === 1 || !isOfOne(error)) {
        for (const { reject } of questions) reject(error)
        return
      }
      const half = Math.ceil(questions.length / 2)
      // One after the other: what failed may not take more connections than what works.
      await this.#answer(questions.slice(0, half))
      await this.#answer(questions.slice(half))
      return
    }
    for (const question of questions) this.#give(question, values)
  }

  #give({ keys, resolve, reject }: Question<Key, Value>, values: ReadonlyMap<Key, Value>): void {
    const found: Value[] = []
    for (const key of keys) {
      const value = values.get(key)
      if (value === undefined) {
        reject(this.#settings.missing(key))
        return
      }
      found.push(value)
    }
    resolve(found)
  }
}
