/** Toggle: successes are written straight to node:http, past Fastify's reply. */
import { Type } from '@sinclair/typebox'
import { hijackedWriter } from '../respond/hijacked.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'hijacked-reply',
  summary: "Write status, headers and body by node:http (reply.hijack), past Fastify's reply.",
  family: 'serialization',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'onSend and preSerialization hooks do not run for these answers (compression, ETag, security headers), and an error while writing is no longer answered.',
  counterpart: 'a bare ASGI app in place of a FastAPI response',
  docs: 'https://fastify.dev/docs/latest/Reference/Reply/#hijack',
  fill: () => ({ respond: { writer: hijackedWriter } }),
})
