import Fastify from 'fastify'
import Handlebars from 'handlebars'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

const page = Handlebars.compile(`<!doctype html>
<ul>
{{#each fortunes}}
<li>{{message}}</li>
{{/each}}
</ul>
`)

app.get('/fortunes', async (request, reply) => {
  const { rows } = await pool.query('SELECT message FROM fortune WHERE id >= 9 ORDER BY id')
  reply.type('text/html; charset=utf-8')
  return page({ fortunes: rows })
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
