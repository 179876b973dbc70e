/** GET /healthz: the process is alive; never touches the database. */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'

export default defineEndpoint({
  name: 'healthz',
  summary: 'The process is alive.',
  method: 'GET',
  url: '/healthz',
  operational: true,
  schema: { response: { 200: Type.Object({ status: Type.Literal('ok') }) } },
  handler: () => () => ({ status: 'ok' as const }),
})
