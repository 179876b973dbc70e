import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import { selectWorld, type World } from '../worlds/world.js'
import { WorldRows } from '../worlds/world-rows.js'

const updateWorlds =
  'UPDATE world SET random_number = new.number FROM unnest($1::int[], $2::int[]) AS new (id, number) WHERE world.id = new.id'

/** What PostgreSQL calls a statement that it gave up because two waited for each other: it is tried again. */
const deadlockDetected = '40P01'
const mostTries = 5

const isDeadlock = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === deadlockDetected

/** Reads all at once, and writes all by one statement. */
@Injectable()
export class BulkWorldRows extends WorldRows {
  constructor(protected readonly database: Database) {
    super()
  }

  async readOne(id: number): Promise<World | undefined> {
    return (await this.database.query<World>(selectWorld, [id]))[0]
  }

  async readEach(ids: readonly number[]): Promise<World[]> {
    const found = await Promise.all(ids.map((id) => this.database.query<World>(selectWorld, [id])))
    return found.flat()
  }

  async write(worlds: readonly World[]): Promise<void> {
    const ids = `{${worlds.map(({ id }) => id).join()}}`
    const numbers = `{${worlds.map(({ randomNumber }) => randomNumber).join()}}`
    for (let tries = 1; ; tries++) {
      try {
        await this.database.query(updateWorlds, [ids, numbers])
        return
      } catch (error) {
        if (!isDeadlock(error) || tries === mostTries) throw error
      }
    }
  }
}
