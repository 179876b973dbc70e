/** Reads, pages and updates of seeded users, and now and then the whole life of a new one. */
import {
  createdUser,
  deletedUser,
  readUser,
  seededPage,
  seededRead,
  seededUpdate,
  updatedUser,
} from '../contract/probe/user-asks.ts'
import { createdId, freshUser } from '../contract/probe/users.ts'
import { userRows } from '../data/users.ts'
import { createRandom } from '../stats/random.ts'
import type { Script, Step, Workload } from '../workload.ts'

/** How many of each stand in one deck; a life is four requests. */
const deck = { reads: 12, pages: 3, updates: 4, lives: 1 } as const
const deckSteps = deck.reads + deck.pages + deck.updates + deck.lives
const deckRequests = deckSteps + 3 * deck.lives
const decks = 25
const pageLength = 20

/** What is written is read at once, so a cache that forgets late is seen. */
const life: Script = {
  *script(unique) {
    const fields = freshUser(unique)
    const id = createdId(yield createdUser(fields))
    yield readUser(id, fields)
    const older = { ...fields, age: fields.age + 1 }
    yield updatedUser(id, older)
    // Rows of the table stay as many as they were seeded.
    yield deletedUser(id)
  },
}

export const workload: Workload = {
  name: 'users-crud',
  summary:
    'Of 23 requests on /users 12 read one of 1,000 rows, 3 list a page, 4 update, and 4 make, read, change and remove a new user.',
  endpoints: ['users-create', 'users-read', 'users-update', 'users-delete', 'users-list'],
  bottleneck: 'database',
  writes: true,
  // That lives end is not counted: one that is under way when its stream ends leaves its user.
  truth: [
    { table: 'users', counter: 'inserted', perRequest: 1, share: deck.lives / deckRequests },
    {
      table: 'users',
      counter: 'updated',
      perRequest: 1,
      share: (deck.updates + deck.lives) / deckRequests,
    },
  ],
  requestsPerStep: deckRequests / deckSteps,
  steps(seed) {
    const random = createRandom(seed)
    const upTo = (most: number): number => 1 + Math.floor(random.next() * most)
    const many = (count: number, make: () => Step): Step[] => Array.from({ length: count }, make)
    return Array.from({ length: decks }, () =>
      random.shuffle([
        ...many(deck.reads, () => seededRead(upTo(userRows))),
        ...many(deck.pages, () => seededPage(upTo(userRows - pageLength + 1) - 1, pageLength)),
        ...many(deck.updates, () => seededUpdate(upTo(userRows))),
        ...many(deck.lives, () => life),
      ]),
    ).flat()
  },
}
