import Fastify from 'fastify'
import { Pool } from 'pg'

async function serve() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL })
  const app = Fastify()

  app.get('/world/:id', async (request) => {
    const { rows } = await pool.query(
      'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
      [request.params.id],
    )
    return rows[0]
  })

  await app.listen({ port: Number(process.env.PORT) })
  console.log(`listening on port ${process.env.PORT}`)
}

await serve()
