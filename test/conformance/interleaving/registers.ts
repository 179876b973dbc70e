/** What a read may give of values that are written meanwhile, judged when all is over: a register's rule. */

interface Write<Value> {
  readonly value: Value
  readonly start: number
  /** Infinity while nobody has said that it is done. */
  end: number
}

interface Read<Value> {
  readonly value: Value
  readonly start: number
  readonly end: number
}

/** A write under way. One that is never settled may be done at any time, or never. */
export interface Writing {
  /** It was answered. */
  done(): void
  /** It was answered that it changed nothing. */
  undone(): void
}

/** Values by key, with everything that was read and written. */
export class Registers<Value> {
  readonly #initial: (key: number) => Value
  readonly #writes = new Map<number, Write<Value>[]>()
  readonly #reads = new Map<number, Read<Value>[]>()
  /** Counts events: which of two came first needs no clock in one process. */
  #event = 0

  constructor(initial: (key: number) => Value) {
    this.#initial = initial
  }

  write(key: number, value: Value): Writing {
    const write = { value, start: ++this.#event, end: Infinity }
    const writes = this.#writesOf(key)
    writes.push(write)
    return {
      done: () => {
        write.end = ++this.#event
      },
      undone: () => {
        writes.splice(writes.indexOf(write), 1)
      },
    }
  }

  /** A read begins; call the result with what it gave. */
  read(key: number): (value: Value) => void {
    const start = ++this.#event
    return (value) => {
      const reads = this.#reads.get(key) ?? []
      this.#reads.set(key, reads)
      reads.push({ value, start, end: ++this.#event })
    }
  }

  /** Reads that gave what nobody had written, or what was replaced for certain before they began. */
  problems(): string[] {
    return [...this.#reads].flatMap(([key, reads]) => {
      const writes = this.#writesOf(key)
      return reads
        .filter((read) => !isPossible(read, writes))
        .map(({ value }) => `${key}: ${String(value)} is none that it may have held`)
    })
  }

  #writesOf(key: number): Write<Value>[] {
    const known = this.#writes.get(key)
    if (known !== undefined) return known
    const writes = [{ value: this.#initial(key), start: 0, end: 0 }]
    this.#writes.set(key, writes)
    return writes
  }
}

function isPossible<Value>(read: Read<Value>, writes: readonly Write<Value>[]): boolean {
  const isReplaced = (write: Write<Value>): boolean =>
    writes.some((later) => later.start > write.end && later.end < read.start)
  return writes.some(
    (write) => write.value === read.value && write.start < read.end && !isReplaced(write),
  )
}
