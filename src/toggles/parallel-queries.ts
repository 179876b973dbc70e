/** Toggle: the statements of one request are issued at once instead of one after the other. */
import { Type } from '@sinclair/typebox'
import { readWorld } from '../database/operations.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'parallel-queries',
  summary: 'Issue the queries of one request at once (Promise.all) instead of one after the other.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'One request can take every connection of the pool; with a pool and no pipelining it mostly adds checkouts.',
  counterpart: 'asyncio.gather over a pool',
  docs: 'https://node-postgres.com/features/pooling',
  excludes: {
    'connection-per-request': 'one request for 500 rows would open 500 connections',
  },
  fill: () => ({
    operations: {
      readWorlds: (connections) => (ids) =>
        Promise.all(ids.map((id) => readWorld(connections, id))),
    },
  }),
})
