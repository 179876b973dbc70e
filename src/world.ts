/** What `world` looks like from outside, and how its rows are drawn. */
import { Type } from '@sinclair/typebox'

export const WorldSchema = Type.Object({ id: Type.Integer(), randomNumber: Type.Integer() })

export const worldRows = 10_000
/** TechEmpower's limits for how many rows a request may ask for. */
export const worldCounts = { max: 500, bad: 1 } as const

/** A uniformly random id, 1…10000. */
export const randomWorldId = (): number => 1 + Math.floor(Math.random() * worldRows)

/** `count` (at most 10000) uniformly random ids, all different, ascending. */
export function randomWorldIds(count: number): number[] {
  const ids = new Set<number>()
  while (ids.size < count) ids.add(randomWorldId())
  return [...ids].toSorted((one, other) => one - other)
}

/**
 * A uniformly random number of 1…10000 that is not `old`. A number that happens to stay the same could
 * not be told from one that was never written: TechEmpower's verifier counts the rows that have changed.
 */
export const otherRandomNumber = (old: number): number =>
  1 + ((old + Math.floor(Math.random() * (worldRows - 1))) % worldRows)
