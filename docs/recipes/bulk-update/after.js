import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

const integer = { type: 'integer', minimum: 1, maximum: 10000 }
const body = {
  type: 'array',
  maxItems: 500,
  items: {
    type: 'object',
    required: ['id', 'randomNumber'],
    properties: { id: integer, randomNumber: integer },
  },
}

app.put('/worlds', { schema: { body } }, async (request) => {
  // Of an id that is there twice the last number counts, as before. In order of id: two requests
  // that lock the same rows in different orders would block each other.
  const numbers = new Map(request.body.map(({ id, randomNumber }) => [id, randomNumber]))
  const ids = [...numbers.keys()].toSorted((a, b) => a - b)
  const { rowCount: updated } = await pool.query(
    `UPDATE world SET random_number = new.number
     FROM unnest($1::int[], $2::int[]) AS new (id, number) WHERE world.id = new.id`,
    [ids, ids.map((id) => numbers.get(id))],
  )
  return { updated }
})

app.get('/world/:id', async (request) => {
  const { rows } = await pool.query(
    'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
    [request.params.id],
  )
  return rows[0]
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
