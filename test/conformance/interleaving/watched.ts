/** A look between endpoints and database: what was asked and written there, whatever is switched on below. */
import { type World, worldRandomNumber } from '../../../bench/data/world.ts'
import type { Operations, Wrapper } from '../../../src/database.ts'
import { Registers } from './registers.ts'

export interface Watched {
  readonly numbers: Registers<number>
  readonly read: World[]
  readonly written: World[]
  /** The database as the endpoints have it. */
  database: Pick<Operations, 'readWorld' | 'readWorlds' | 'updateWorlds'> | undefined
}

export const openWatched = (): Watched => ({
  numbers: new Registers(worldRandomNumber),
  read: [],
  written: [],
  database: undefined,
})

const copyOf = ({ id, randomNumber }: World): World => ({ id, randomNumber })

/** Notes all rows of `world` that pass. */
export const watching = (watched: Watched): Wrapper => ({
  order: Number.POSITIVE_INFINITY,
  wrap(database) {
    const { numbers, read, written } = watched
    const seen: typeof database = {
      ...database,
      readWorld: async (id) => {
        const reading = numbers.read(id)
        const row = await database.readWorld(id)
        reading(row.randomNumber)
        read.push(copyOf(row))
        return row
      },
      readWorlds: async (ids) => {
        const readings = ids.map((id) => numbers.read(id))
        const rows = await database.readWorlds(ids)
        for (const [index, row] of rows.entries()) readings[index]?.(row.randomNumber)
        read.push(...rows.map(copyOf))
        return rows
      },
      updateWorlds: async (worlds) => {
        const writings = worlds.map(({ id, randomNumber }) => numbers.write(id, randomNumber))
        await database.updateWorlds(worlds)
        for (const writing of writings) writing.done()
        written.push(...worlds.map(copyOf))
      },
    }
    watched.database = seen
    return seen
  },
})

/** Rows as text, so that lists of them in any order can be compared. */
export const sorted = (worlds: readonly World[]): string[] =>
  worlds.map(({ id, randomNumber }) => `${id} ${randomNumber}`).toSorted()

/** Texts that are more often in `some` than in `all`. */
export function missingFrom(all: readonly string[], some: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const text of all) left.set(text, (left.get(text) ?? 0) + 1)
  return some.filter((text) => {
    const count = left.get(text) ?? 0
    left.set(text, count - 1)
    return count <= 0
  })
}
