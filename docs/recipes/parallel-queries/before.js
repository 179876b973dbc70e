import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

app.get('/dashboard/:id', async (request) => {
  const user = await pool.query('SELECT username FROM users WHERE id = $1', [request.params.id])
  const post = await pool.query('SELECT title FROM posts ORDER BY id LIMIT 1')
  const links = await pool.query('SELECT count(*)::int AS count FROM links')
  return {
    username: user.rows[0].username,
    post: post.rows[0].title,
    links: links.rows[0].count,
  }
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
