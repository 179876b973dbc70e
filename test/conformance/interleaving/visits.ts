/** What a client does: seeded visits of all kinds, the frequent ones more often. */
import type { Visitor } from './found.ts'
import { otherVisits } from './other-visits.ts'
import { userVisits } from './user-visits.ts'
import type { Watched } from './watched.ts'
import { hotWorldVisits, worldVisits } from './world-visits.ts'

/**
 * @param watched where the server runs in this process
 * @returns makes one request, or a few that follow from one another, at each call
 */
export function openVisits(visitor: Visitor, watched?: Watched): () => Promise<void> {
  const worlds = worldVisits(visitor)
  const hot = watched === undefined ? undefined : hotWorldVisits(visitor, watched)
  const users = userVisits(visitor)
  const others = otherVisits(visitor)
  const kinds: readonly (readonly [share: number, visit: () => Promise<void>])[] = [
    [16, worlds.one],
    [12, worlds.several],
    [10, worlds.update],
    ...(hot === undefined
      ? []
      : ([
          [20, hot.readHot],
          [10, hot.updateHot],
        ] as const)),
    [16, users.read],
    [10, users.update],
    [1, users.remove],
    [4, users.list],
    [2, users.create],
    [2, others.createLink],
    [4, others.followLink],
    [4, others.order],
  ]
  const shares = kinds.reduce((sum, [share]) => sum + share, 0)
  return async () => {
    let drawn = visitor.random.below(shares)
    const kind = kinds.find(([share]) => (drawn -= share) < 0)
    await kind?.[1]()
  }
}
