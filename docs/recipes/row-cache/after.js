import Fastify from 'fastify'
import { LRUCache } from 'lru-cache'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

const readUser = async (id) => {
  const { rows } = await pool.query('SELECT id, username FROM users WHERE id = $1', [id])
  return rows[0]
}

// Only right while this process is the one that writes the table: others' writes are not seen.
const kept = new LRUCache({ max: 1000 })
let writes = 0

const readKept = async (id) => {
  const known = kept.get(id)
  if (known !== undefined) return known
  const before = writes
  const user = await readUser(id)
  // What was read while a write ended may be older than it, so it is answered but not kept.
  if (user !== undefined && writes === before) kept.set(id, user)
  return user
}

const rename = async (id, username) => {
  try {
    await pool.query('UPDATE users SET username = $2 WHERE id = $1', [id, username])
  } finally {
    writes++
    kept.delete(id)
  }
}

const params = { type: 'object', properties: { id: { type: 'integer' } } }

app.get('/users/:id', { schema: { params } }, (request) => readKept(request.params.id))

app.put('/users/:id', { schema: { params } }, async (request, reply) => {
  await rename(request.params.id, request.body.username)
  return reply.code(204).send()
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
