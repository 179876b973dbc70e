import Fastify from 'fastify'
import postgres from 'postgres'

// By default it also prepares statements and pipelines queries: two tweaks more.
const sql = postgres(process.env.DATABASE_URL)
const app = Fastify()

app.get('/world/:id', async (request) => {
  const [row] = await sql`
    SELECT id, random_number AS "randomNumber" FROM world WHERE id = ${request.params.id}`
  return row
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
