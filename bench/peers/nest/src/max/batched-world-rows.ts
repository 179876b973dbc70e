import { Injectable } from '@nestjs/common'
import DataLoader from 'dataloader'
import { BulkWorldRows } from '../tuned/bulk-world-rows.js'
import type { World } from '../worlds/world.js'
import { isOfStatement } from './failure.js'

const mostIds = 256

const selectWorlds =
  'SELECT id, random_number AS "randomNumber" FROM world WHERE id = ANY($1::int[])'

/** Reads of concurrent requests become one query. Ids are gathered while one is under way, so nothing waits when there is none. */
@Injectable()
export class BatchedWorldRows extends BulkWorldRows {
  /** What sends the batches that are gathered, the oldest first. */
  private readonly waiting: (() => void)[] = []
  private isUnderWay = false

  private readonly loader = new DataLoader<number, World>(
    (ids) => this.readBatch(ids).finally(() => this.sendNext()),
    {
      // A row that was read for one request is no answer to a later one.
      cache: false,
      maxBatchSize: mostIds,
      batchScheduleFn: (send) => this.schedule(send),
    },
  )

  override readOne(id: number): Promise<World> {
    return this.loader.load(id)
  }

  override readEach(ids: readonly number[]): Promise<World[]> {
    return Promise.all(ids.map((id) => this.loader.load(id)))
  }

  private schedule(send: () => void): void {
    this.waiting.push(send)
    if (this.isUnderWay) return
    this.isUnderWay = true
    // Not at once: the id that a batch is made for comes into it after this.
    queueMicrotask(() => this.sendNext())
  }

  private sendNext(): void {
    const send = this.waiting.shift()
    this.isUnderWay = send !== undefined
    send?.()
  }

  /** @returns rows in the order of the ids, with an error in the place of each that could not be read */
  private async readBatch(ids: readonly number[]): Promise<(World | Error)[]> {
    try {
      const found = await this.database.query<World>(selectWorlds, [`{${ids.join()}}`])
      const rows = new Map(found.map((row) => [row.id, row]))
      return ids.map((id) => rows.get(id) ?? new Error(`table world lacks row ${id}`))
    } catch (error) {
      if (ids.length === 1 || !isOfStatement(error)) return ids.map(() => error as Error)
      // One read may be to blame, and the others shall not fail with it.
      const half = Math.ceil(ids.length / 2)
      const first = await this.readBatch(ids.slice(0, half))
      return [...first, ...(await this.readBatch(ids.slice(half)))]
    }
  }
}
