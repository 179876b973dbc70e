import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import { otherRandomNumber, randomWorldId, randomWorldIds, type World } from './world.js'
import { WorldCache } from './world-cache.js'
import { WorldRows } from './world-rows.js'

const selectAllWorlds = 'SELECT id, random_number AS "randomNumber" FROM world ORDER BY id'

const someIds = (count: number) => Array.from({ length: count }, randomWorldId)

@Injectable()
export class WorldsService {
  private filling: Promise<void> | undefined

  constructor(
    private readonly database: Database,
    private readonly rows: WorldRows,
    private readonly cache: WorldCache,
  ) {}

  readOne(): Promise<World | undefined> {
    return this.rows.readOne(randomWorldId())
  }

  read(count: number): Promise<World[]> {
    return this.rows.readEach(someIds(count))
  }

  async update(count: number): Promise<World[]> {
    const worlds = (await this.rows.readEach(randomWorldIds(count))).map(
      ({ id, randomNumber }) => ({ id, randomNumber: otherRandomNumber(randomNumber) }),
    )
    await this.rows.write(worlds)
    return worlds
  }

  /** The first request fills the cache; others wait for that. */
  async readCached(count: number): Promise<World[]> {
    await (this.filling ??= this.fillCache())
    return this.cache.read(someIds(count))
  }

  private async fillCache(): Promise<void> {
    try {
      await this.cache.fill(await this.database.query<World>(selectAllWorlds))
    } catch (error) {
      // The next request tries again.
      this.filling = undefined
      throw error
    }
  }
}
