import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

const querystring = {
  type: 'object',
  properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 100 } },
}

// A field that is not named here is left out of the answer without a word.
const posts = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'author', 'views'],
    properties: {
      id: { type: 'integer' },
      author: { type: 'string' },
      views: { type: 'integer' },
    },
  },
}

app.get('/posts', { schema: { querystring, response: { 200: posts } } }, async (request) => {
  const { rows } = await pool.query('SELECT id, author, views FROM posts ORDER BY id LIMIT $1', [
    request.query.limit,
  ])
  return rows
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
