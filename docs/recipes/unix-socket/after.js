import Fastify from 'fastify'
import { Pool } from 'pg'

const url = new URL(process.env.DATABASE_URL)
// The folder that PostgreSQL knows as unix_socket_directories, such as /var/run/postgresql; the
// port is part of the socket's name and stays.
url.searchParams.set('host', process.env.DATABASE_SOCKET)
const pool = new Pool({ connectionString: url.href })
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
