import type { World } from './world.js'

/** Rows of `world` in memory. Each level has its own. */
export abstract class WorldCache {
  abstract fill(worlds: readonly World[]): Promise<void> | void

  /** The rows of these ids, all of which it was filled with. */
  abstract read(ids: readonly number[]): Promise<World[]> | World[]
}
