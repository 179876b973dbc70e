/** Toggle: requests that ask for the same user at the same time share one query. */
import { Type } from '@sinclair/typebox'
import { shareReads } from '../database/wrappers/single-flight.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'single-flight',
  summary: 'Let requests that ask for the same user at the same time share one query.',
  family: 'cache',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'A request may get a row that was read a moment before it came, though never one from before a write of this process; a query that fails, fails all that share it.',
  counterpart: 'one asyncio.Future shared by all that wait for it',
  docs: 'https://pkg.go.dev/golang.org/x/sync/singleflight',
  excludes: {
    workers:
      'a process does not hear of the writes of the others, so a request could join a query from before such a write',
  },
  fill: () => ({ wrappers: shareReads }),
})
