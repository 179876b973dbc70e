import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

app.get('/world/:id', async (request) => {
  const { rows } = await pool.query({
    // One name for one text: each connection parses the statement once and keeps it.
    name: 'world-by-id',
    text: 'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
    values: [request.params.id],
  })
  return rows[0]
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
