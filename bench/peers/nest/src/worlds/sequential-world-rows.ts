import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import { selectWorld, type World } from './world.js'
import { WorldRows } from './world-rows.js'

const updateWorld = 'UPDATE world SET random_number = $2 WHERE id = $1'

/** One statement after the other. */
@Injectable()
export class SequentialWorldRows extends WorldRows {
  constructor(private readonly database: Database) {
    super()
  }

  async readOne(id: number): Promise<World | undefined> {
    return (await this.database.query<World>(selectWorld, [id]))[0]
  }

  readEach(ids: readonly number[]): Promise<World[]> {
    return this.database.withSession(async (query) => {
      const worlds: World[] = []
      for (const id of ids) worlds.push(...(await query<World>(selectWorld, [id])))
      return worlds
    })
  }

  write(worlds: readonly World[]): Promise<void> {
    return this.database.withSession(async (query) => {
      for (const { id, randomNumber } of worlds) await query(updateWorld, [id, randomNumber])
    })
  }
}
