import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { type World, worldRows } from '../worlds/world.js'
import { WorldCache } from '../worlds/world-cache.js'

/** Nothing stands between the rows and who reads them: no key is made, and no promise. */
@Injectable()
export class LruWorldCache extends WorldCache {
  private readonly cache = new LRUCache<number, World>({ max: worldRows })

  fill(worlds: readonly World[]): void {
    for (const world of worlds) this.cache.set(world.id, world)
  }

  read(ids: readonly number[]): World[] {
    return ids.map((id) => this.cache.get(id) as World)
  }
}
