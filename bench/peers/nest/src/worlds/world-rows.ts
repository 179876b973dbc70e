import type { World } from './world.js'

/** How several rows of one request are read and written. Each level has its own. */
export abstract class WorldRows {
  /** Each id is asked for by a statement of its own. */
  abstract readEach(ids: readonly number[]): Promise<World[]>

  /** Writes the numbers of these rows. */
  abstract write(worlds: readonly World[]): Promise<void>
}
