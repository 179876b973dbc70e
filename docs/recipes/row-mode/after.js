import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

app.get('/posts', async () => {
  const { rows } = await pool.query({
    text: 'SELECT id, title, body, author, views FROM posts ORDER BY id LIMIT 3',
    rowMode: 'array',
  })
  // The names must stand in the order of the columns above.
  return rows.map(([id, title, body, author, views]) => ({ id, title, body, author, views }))
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
