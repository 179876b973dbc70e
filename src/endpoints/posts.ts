/** GET /posts?limit=N: up to 100 rows with text, about 30 kB: the serializer's workload. */
import { Type } from '@sinclair/typebox'
import { parseCount } from '../count.ts'
import { defineEndpoint } from '../endpoint.ts'

const maxPosts = 100

const PostSchema = Type.Object({
  id: Type.Integer(),
  title: Type.String(),
  body: Type.String(),
  author: Type.String(),
  views: Type.Integer(),
  createdAt: Type.Unsafe<Date>({ type: 'string', format: 'date-time' }),
})

export default defineEndpoint({
  name: 'posts',
  summary: 'Up to 100 posts, about 30 kB.',
  method: 'GET',
  url: '/posts',
  lenientQuery: { limit: '1 to 100 posts: more are 100, anything else is 100.' },
  schema: { response: { 200: Type.Array(PostSchema) } },
  handler:
    ({ database }) =>
    (request) => {
      const { limit } = request.query as { limit?: unknown }
      return database.listPosts(parseCount(limit, { max: maxPosts, bad: maxPosts }))
    },
})
