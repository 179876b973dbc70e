import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

async function readWorld(id) {
  const { rows } = await pool.query(
    'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
    [id],
  )
  return rows[0]
}

app.get('/world/:id', (request) => readWorld(Number(request.params.id)))

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
