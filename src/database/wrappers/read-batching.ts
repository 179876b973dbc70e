/** Wrapper: reads of single rows of `world` by concurrent requests become one query. */
import type { Connections, World, Wrapper } from '../../database.ts'
import { isOfStatement } from '../failure.ts'
import { selectWorldsByIds } from '../statements.ts'
import { Gatherer } from './read-batching/gatherer.ts'

export interface ReadBatchingSettings {
  /** The most ids of one query. */
  readonly maxBatch: number
  /** How many such queries may be under way at once, of one process. */
  readonly inFlight: number
}

/** Nearest to the operations: a cache in front of it asks only for what it lacks. */
const order = 10

async function readNumbers(
  connections: Connections,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  // As text: postgres.js knows no array types unless it asks for them on each connection.
  const rows = await connections.query<World>(selectWorldsByIds, [`{${ids.join()}}`])
  return new Map(rows.map(({ id, randomNumber }) => [id, randomNumber]))
}

/** Batches `readWorld` and `readWorlds`; all else is left as it is. */
export const batchReads = ({ maxBatch, inFlight }: ReadBatchingSettings): Wrapper => ({
  order,
  wrap(database, connections) {
    const numbers = new Gatherer<number, number>({
      maxBatch,
      maxInFlight: inFlight,
      ask: (ids) => readNumbers(connections, ids),
      missing: (id) => new Error(`table world lacks row ${id}`),
      isOfOne: isOfStatement,
    })
    // Two requests may have asked for one row: each gets an object of its own.
    const readWorlds = async (ids: readonly number[]): Promise<World[]> => {
      const found = await numbers.ask(ids)
      return found.map((randomNumber, index) => ({ id: ids[index] as number, randomNumber }))
    }
    return {
      ...database,
      readWorld: (id) =>
        numbers.ask([id]).then(([found]) => ({ id, randomNumber: found as number })),
      readWorlds,
    }
  },
})
