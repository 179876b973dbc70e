/** GET /json: one small object, made and serialized anew for each request (TechEmpower's rule). */
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'

export default defineEndpoint({
  name: 'json',
  summary: 'A small object, serialized anew for each request.',
  method: 'GET',
  url: '/json',
  schema: { response: { 200: Type.Object({ message: Type.String() }) } },
  handler: () => () => ({ message: 'Hello, World!' }),
})
