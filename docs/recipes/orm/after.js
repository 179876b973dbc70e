import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { integer, pgTable } from 'drizzle-orm/pg-core'
import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const db = drizzle(pool)
const world = pgTable('world', {
  id: integer().primaryKey(),
  randomNumber: integer('random_number').notNull(),
})
const app = Fastify()

app.get('/world/:id', async (request) => {
  const [row] = await db
    .select()
    .from(world)
    .where(eq(world.id, Number(request.params.id)))
  return row
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
