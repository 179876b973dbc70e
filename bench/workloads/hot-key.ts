/** GET /users/:id where few ids are asked for most of the time: what caches are for. */
import { seededRead } from '../contract/probe/user-asks.ts'
import { userRows } from '../data/users.ts'
import { createRandom } from '../stats/random.ts'
import type { Workload } from '../workload.ts'

const requests = 2000

/** The n-th most wanted of the users is asked for 1/n as often as the first: Zipf's law with exponent 1. */
function zipfDraw(items: readonly number[]): (at: number) => number {
  let sum = 0
  const sums = items.map((_, index) => (sum += 1 / (index + 1)))
  // The first item whose share of the whole reaches beyond `at`, a number in [0, 1).
  return (at) => items[sums.findIndex((each) => each > at * sum)] as number
}

export const workload: Workload = {
  name: 'hot-key',
  summary: `GET /users/:id: one of ${userRows.toLocaleString('en-US')} rows by its key, the n-th most wanted 1/n as often as the first (Zipf).`,
  endpoints: ['users-read'],
  bottleneck: 'server',
  steps(seed) {
    const random = createRandom(seed)
    const draw = zipfDraw(random.shuffle(Array.from({ length: userRows }, (_, index) => index + 1)))
    return Array.from({ length: requests }, () => seededRead(draw(random.next())))
  },
}
