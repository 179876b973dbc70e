import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

const querystring = {
  type: 'object',
  properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 100 } },
}

app.get('/posts', { schema: { querystring } }, async (request) => {
  const { rows } = await pool.query('SELECT id, author, views FROM posts ORDER BY id LIMIT $1', [
    request.query.limit,
  ])
  return rows
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
