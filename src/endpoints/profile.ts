/** GET /profile: what this server really runs; the bench refuses a server that differs from what was asked. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'

export default defineEndpoint({
  name: 'profile',
  summary: 'What this server runs: its profile, toggles and versions.',
  method: 'GET',
  url: '/profile',
  operational: true,
  schema: {
    response: {
      200: Type.Object({
        name: Type.String(),
        description: Type.String(),
        runId: Type.String(),
        pid: Type.Integer(),
        workers: Type.Integer(),
        toggles: Type.Record(Type.String(), Type.Unknown()),
        versions: Type.Record(Type.String(), Type.String()),
      }),
    },
  },
  handler:
    ({ identity }) =>
    () => ({ ...identity }),
})
