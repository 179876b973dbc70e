export interface World {
  readonly id: number
  readonly randomNumber: number
}

export const worldRows = 10_000

export const selectWorld = 'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1'

export const randomWorldId = () => 1 + Math.floor(Math.random() * worldRows)

/** All different, ascending. */
export function randomWorldIds(count: number): number[] {
  const ids = new Set<number>()
  while (ids.size < count) ids.add(randomWorldId())
  return [...ids].toSorted((one, other) => one - other)
}

/** Not the old one: a number that stayed could not be told from one that was never written. */
export const otherRandomNumber = (old: number) =>
  1 + ((old + Math.floor(Math.random() * (worldRows - 1))) % worldRows)
