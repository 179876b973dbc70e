import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

const readUser = async (id) => {
  const { rows } = await pool.query('SELECT id, username FROM users WHERE id = $1', [id])
  return rows[0]
}

const rename = async (id, username) => {
  await pool.query('UPDATE users SET username = $2 WHERE id = $1', [id, username])
}

const params = { type: 'object', properties: { id: { type: 'integer' } } }

app.get('/users/:id', { schema: { params } }, (request) => readUser(request.params.id))

app.put('/users/:id', { schema: { params } }, async (request, reply) => {
  await rename(request.params.id, request.body.username)
  return reply.code(204).send()
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
