/** Toggle: Fastify's own request log, two JSON lines a request on standard output. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'request-logging',
  summary: 'Log each request and answer with pino, as the quick start with `logger: true` does.',
  family: 'logging',
  options: Type.Object(
    {
      level: Type.Union([Type.Literal('info'), Type.Literal('warn')], {
        default: 'info',
        description: 'Lowest level that is written; the request lines are at info.',
      }),
    },
    { additionalProperties: false },
  ),
  tradeoff: 'CPU time and two writes for each request.',
  counterpart: 'uvicorn access log (on by default)',
  docs: 'https://fastify.dev/docs/latest/Reference/Logging/',
  fill: ({ level }) => ({ logging: { level } }),
})
