/** Wrapper: users that were read stay in this process until they are written or make room for others. */
import type { Cache } from '../../cache.ts'
import { makeLruCache } from '../../cache/lru.ts'
import type { User, Wrapper } from '../../database.ts'
import { isWithoutEffect } from '../failure.ts'

/** Outermost: what is kept asks nobody. */
const order = 60

/** Reads of one row that no write has come between: each may keep what it finds. */
interface Reads {
  underWay: number
}

/** Writes to one row that overlap. */
interface Writes {
  underWay: number
  /** No second write has begun yet: only then the row that the write gives back is the last. */
  alone: boolean
}

/** Keeps rows so that nothing which was read before a write is handed out after it. */
class Rows {
  readonly #kept: Cache<User>
  readonly #reads = new Map<number, Reads>()
  readonly #writes = new Map<number, Writes>()

  constructor(kept: Cache<User>) {
    this.#kept = kept
  }

  read(id: number, load: () => Promise<User | undefined>): Promise<User | undefined> {
    const row = this.#kept.get(id)
    if (row !== undefined) return Promise.resolve(row)
    // While a write is under way nobody knows whether a row is from before or after it.
    return this.#writes.has(id) ? load() : this.#load(id, load)
  }

  async #load(id: number, load: () => Promise<User | undefined>): Promise<User | undefined> {
    const reads = this.#reads.get(id) ?? { underWay: 0 }
    this.#reads.set(id, reads)
    reads.underWay++
    try {
      const row = await load()
      if (row !== undefined && this.#reads.get(id) === reads) this.#kept.set(id, row)
      return row
    } finally {
      if (--reads.underWay === 0 && this.#reads.get(id) === reads) this.#reads.delete(id)
    }
  }

  /** @param rowOf the row as the write left it, where it is known */
  async write<T>(
    id: number,
    change: () => Promise<T>,
    rowOf: (result: T) => User | undefined,
  ): Promise<T> {
    const writes = this.#writes.get(id)
    if (writes === undefined) this.#writes.set(id, { underWay: 1, alone: true })
    else {
      writes.underWay++
      writes.alone = false
    }
    this.#kept.delete(id)
    this.#reads.delete(id)
    try {
      const result = await change()
      this.#end(id, rowOf(result))
      return result
    } catch (error) {
      // A write whose fate is unknown may still be done at any time: it never ends, so its row is not kept any more.
      // Those are as few as connections were lost in the middle of a write.
      if (isWithoutEffect(error)) this.#end(id, undefined)
      throw error
    }
  }

  #end(id: number, row: User | undefined): void {
    const writes = this.#writes.get(id)
    if (writes === undefined || --writes.underWay > 0) return
    this.#writes.delete(id)
    if (writes.alone && row !== undefined) this.#kept.set(id, row)
  }
}

/**
 * Answers `readUser` from rows that were read or written before.
 * @param max rows kept at most; those used least recently go first
 */
export const keepRows = (max: number): Wrapper => ({
  order,
  wrap(database) {
    const rows = new Rows(makeLruCache(max))
    return {
      ...database,
      readUser: (id) => rows.read(id, () => database.readUser(id)),
      updateUser: (id, fields) =>
        rows.write(
          id,
          () => database.updateUser(id, fields),
          (user) => user,
        ),
      deleteUser: (id) =>
        rows.write(
          id,
          () => database.deleteUser(id),
          () => undefined,
        ),
    }
  },
})
