/** Table `world`: 10,000 rows whose numbers follow from their ids, so every answer can be checked exactly. */
import type { Table } from '../data.ts'

export const worldRows = 10_000

/**
 * The number that row `id` is seeded with. 7919 is prime to 10,000, so this is a permutation of 1…10,000:
 * no two rows share a number and a swapped answer is always seen.
 */
export const worldRandomNumber = (id: number): number => 1 + ((id * 7919 + 104_729) % worldRows)

/** One row, in the names of the API. */
export interface World {
  readonly id: number
  readonly randomNumber: number
}

export const world: Table<World> = {
  name: 'world',
  ddl: 'CREATE TABLE world (id int PRIMARY KEY, random_number int NOT NULL)',
  columns: [
    { name: 'id', type: 'int', value: ({ id }) => id },
    { name: 'random_number', type: 'int', value: ({ randomNumber }) => randomNumber },
  ],
  rows: () =>
    Array.from({ length: worldRows }, (_, index) => ({
      id: index + 1,
      randomNumber: worldRandomNumber(index + 1),
    })),
}
