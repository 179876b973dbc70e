import Fastify from 'fastify'
import { Client } from 'pg'

// All requests share one connection, and none waits for the answers before its own.
const client = new Client({ connectionString: process.env.DATABASE_URL, pipeline: true })
// When it is lost, its 'error' event has no listener: the process ends, to be started anew.
await client.connect()

const app = Fastify()

app.get('/world/:id', async (request) => {
  const { rows } = await client.query(
    'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
    [request.params.id],
  )
  return rows[0]
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
