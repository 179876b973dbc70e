/** Toggle: reads of single rows by concurrent requests become one query. */
import { Type } from '@sinclair/typebox'
import { batchReads } from '../database/wrappers/read-batching.ts'
import { defineToggle } from '../toggle.ts'

const mostIds = 256

export default defineToggle({
  name: 'read-batching',
  summary:
    'Ask for the single rows that concurrent requests read in one query; gather while a query is under way, without a timer.',
  family: 'database',
  options: Type.Object(
    {
      maxBatch: Type.Integer({
        default: mostIds,
        minimum: 1,
        maximum: mostIds,
        description: 'The most ids of one query.',
      }),
      inFlight: Type.Integer({
        default: 1,
        minimum: 1,
        maximum: 16,
        description: 'Such queries under way at once, for each process; more gather less.',
      }),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    "Outside TechEmpower's rules, which want a query of its own for each row. A read waits for the query before it, " +
    'and a lost connection fails every read of its query.',
  counterpart: 'a DataLoader (aiodataloader) shared by all requests',
  docs: 'https://github.com/graphql/dataloader#batching',
  subsumes: ['parallel-queries'],
  fill: (options) => ({ wrappers: batchReads(options) }),
})
