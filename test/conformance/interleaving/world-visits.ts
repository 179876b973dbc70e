/** Visits to table `world`: by request, where rows are drawn, and straight to its database, where a few are hot. */
import { parseWorlds } from '../../../bench/contract/probe/world.ts'
import type { World } from '../../../bench/data/world.ts'
import { otherRandomNumber } from '../../../src/world.ts'
import type { Visitor } from './found.ts'
import type { Watched } from './watched.ts'

/** So few that reads and writes of one row meet. */
const hotRows = 8

export interface WorldVisits {
  readonly one: () => Promise<void>
  readonly several: () => Promise<void>
  readonly update: () => Promise<void>
}

export interface HotWorldVisits {
  readonly readHot: () => Promise<void>
  readonly updateHot: () => Promise<void>
}

export function worldVisits({ client, found, random, expect }: Visitor): WorldVisits {
  const rows = async (path: string, count: number, into: World[]): Promise<void> => {
    const answer = expect(path, [200], await client.ask(path))
    if (answer === undefined) return
    const worlds = parseWorlds(path === '/db' ? `[${answer.body}]` : answer.body)
    if (typeof worlds === 'string') found.problems.push(`${path}: ${worlds}`)
    else if (worlds.length !== count) found.problems.push(`${path}: ${worlds.length} rows`)
    else into.push(...worlds)
  }

  return {
    one: () => rows('/db', 1, found.read),
    several: () => {
      const count = 1 + random.below(20)
      return rows(`/queries?queries=${count}`, count, found.read)
    },
    update: () => {
      const count = 1 + random.below(6)
      return rows(`/updates?queries=${count}`, count, found.updated)
    },
  }
}

/** @param watched of a server in this process, which is up */
export function hotWorldVisits(
  { found, random, fail }: Visitor,
  { database }: Watched,
): HotWorldVisits {
  if (database === undefined) throw new Error('the server has no database yet')

  /** One row as often as several. */
  const hotIds = (most: number): number[] =>
    Array.from(
      { length: random.below(2) === 0 ? 1 : 1 + random.below(most) },
      () => 1 + random.below(hotRows),
    )

  /** The rows, or undefined where reading them failed. */
  const readWorlds = async (ids: readonly number[]): Promise<World[] | undefined> => {
    found.answers++
    try {
      const [first = 0] = ids
      return ids.length === 1 ? [await database.readWorld(first)] : await database.readWorlds(ids)
    } catch (error) {
      fail(`read ${ids.join()}: ${String(error)}`)
      return undefined
    }
  }

  return {
    async readHot() {
      found.read.push(...((await readWorlds(hotIds(8))) ?? []))
    },
    async updateHot() {
      const ids = [...new Set(hotIds(4))].toSorted((one, other) => one - other)
      const old = await readWorlds(ids)
      if (old === undefined) return
      const worlds = old.map(({ id, randomNumber }) => ({
        id,
        randomNumber: otherRandomNumber(randomNumber),
      }))
      try {
        await database.updateWorlds(worlds)
        found.updated.push(...worlds)
      } catch (error) {
        fail(`update ${ids.join()}: ${String(error)}`)
      }
      // Who has written reads what it wrote, or what came later.
      found.read.push(...((await readWorlds(ids)) ?? []))
    },
  }
}
