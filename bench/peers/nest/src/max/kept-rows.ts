import { LRUCache } from 'lru-cache'
import { isWithoutEffect } from './failure.js'

const mostRows = 1000

/** Writes to one row that overlap. */
interface Writes {
  begun: number
  /** How many of them may still change the row. */
  underWay: number
}

/**
 * Rows that were read or written stay in this process, and reads of one row at the same time share a query.
 * Once a write is answered, nobody who asks gets what was read before it.
 */
export class KeptRows<Row extends object> {
  private readonly kept = new LRUCache<number, Row>({ max: mostRows })
  /** By id: the read under way that others may still join. */
  private readonly reads = new Map<number, Promise<Row>>()
  /** By id; there is no entry where the last write has ended. */
  private readonly writes = new Map<number, Writes>()

  async read(id: number, load: () => Promise<Row>): Promise<Row> {
    return this.kept.get(id) ?? this.reads.get(id) ?? this.startRead(id, load)
  }

  /** @param rowOf the row as the write left it, where its result tells */
  async write<Result>(
    id: number,
    change: () => Promise<Result>,
    rowOf: (result: Result) => Row | undefined,
  ): Promise<Result> {
    this.beginWrite(id)
    try {
      const result = await change()
      this.endWrite(id, rowOf(result))
      return result
    } catch (error) {
      // A write whose fate is unknown may still be done at any time: it never ends, so its row is not kept any more.
      if (isWithoutEffect(error)) this.endWrite(id, undefined)
      throw error
    } finally {
      // Reads that began beside the write may not have seen it.
      this.forgetReads(id)
    }
  }

  /** From now on nobody joins a read of this row that is under way, and what it finds is not kept. */
  forgetReads(id: number): void {
    this.reads.delete(id)
  }

  private startRead(id: number, load: () => Promise<Row>): Promise<Row> {
    const read: Promise<Row> = load()
      .then((row) => {
        // Where a write has come between, or is under way, the row may be from before it.
        if (this.reads.get(id) === read && !this.writes.has(id)) this.kept.set(id, row)
        return row
      })
      .finally(() => {
        if (this.reads.get(id) === read) this.reads.delete(id)
      })
    this.reads.set(id, read)
    return read
  }

  private beginWrite(id: number): void {
    const writes = this.writes.get(id) ?? { begun: 0, underWay: 0 }
    writes.begun++
    writes.underWay++
    this.writes.set(id, writes)
    this.kept.delete(id)
    this.forgetReads(id)
  }

  private endWrite(id: number, row: Row | undefined): void {
    const writes = this.writes.get(id)
    if (writes === undefined || --writes.underWay > 0) return
    this.writes.delete(id)
    // Of writes that overlap nobody knows which was the last.
    if (writes.begun === 1 && row !== undefined) this.kept.set(id, row)
  }
}
