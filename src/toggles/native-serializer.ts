/** Toggle: V8's JSON.stringify writes every JSON answer, in the place where a compiled serializer could be. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'native-serializer',
  summary: "Write every JSON answer by V8's JSON.stringify, also where the route has a schema.",
  family: 'serialization',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'Fields that the schema does not name go out too; beside the quick start, which has no response schemas, there is almost nothing to gain.',
  counterpart: 'a Response made of json.dumps, without response_model',
  docs: 'https://fastify.dev/docs/latest/Reference/Validation-and-Serialization/#serializer-compiler',
  fill: () => ({
    respond: {
      serializer: ({ mediaType }) => (mediaType === undefined ? JSON.stringify : undefined),
    },
  }),
})
