/** Toggle: users that were read stay in this process. */
import { Type } from '@sinclair/typebox'
import { keepRows } from '../database/wrappers/row-cache.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'row-cache',
  summary: 'Keep users that were read in this process (lru-cache) until they are written.',
  family: 'cache',
  options: Type.Object(
    {
      max: Type.Integer({
        default: 1000,
        minimum: 1,
        maximum: 1_000_000,
        description: 'Rows kept at most; those used least recently go first.',
      }),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    'Memory for each row; writes of other programs to the table are not seen while a row is kept.',
  counterpart: 'async-lru or aiocache in memory, with the invalidation written by hand',
  docs: 'https://github.com/isaacs/node-lru-cache',
  excludes: {
    workers: 'each process would answer from its own rows and not hear of the writes of the others',
  },
  fill: ({ max }) => ({ wrappers: keepRows(max) }),
})
