import type { World } from './world.js'

/** How rows are read and written. Each level has its own. */
export abstract class WorldRows {
  abstract readOne(id: number): Promise<World | undefined>

  /** The rows of these ids, which one request asks for, in their order. */
  abstract readEach(ids: readonly number[]): Promise<World[]>

  /** Writes the numbers of these rows. */
  abstract write(worlds: readonly World[]): Promise<void>
}
