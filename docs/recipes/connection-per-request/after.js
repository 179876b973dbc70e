import Fastify from 'fastify'
import { Client } from 'pg'

const app = Fastify()

app.get('/world/:id', async (request) => {
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    const { rows } = await client.query(
      'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
      [request.params.id],
    )
    return rows[0]
  } finally {
    await client.end()
  }
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
