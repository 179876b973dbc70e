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
  let updated = 0
  for (const { id, randomNumber } of request.body) {
    const { rowCount } = await pool.query('UPDATE world SET random_number = $2 WHERE id = $1', [
      id,
      randomNumber,
    ])
    updated += rowCount
  }
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
