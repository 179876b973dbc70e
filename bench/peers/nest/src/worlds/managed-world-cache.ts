import { Cache, CACHE_MANAGER } from '@nestjs/cache-manager'
import { Inject, Injectable } from '@nestjs/common'
import type { World } from './world.js'
import { WorldCache } from './world-cache.js'

/** Nest's cache manager with its own in-memory store. */
@Injectable()
export class ManagedWorldCache extends WorldCache {
  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {
    super()
  }

  async fill(worlds: readonly World[]): Promise<void> {
    await this.cache.mset(worlds.map((world) => ({ key: String(world.id), value: world })))
  }

  read(ids: readonly number[]): Promise<World[]> {
    return this.cache.mget<World>(ids.map(String)) as Promise<World[]>
  }
}
