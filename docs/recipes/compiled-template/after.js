import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

const references = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }
// Nothing is escaped by itself any more: every value of a page must go through here, and stand between
// tags or in a quoted attribute.
function escapeHtml(text) {
  return /[&<>"']/.test(text) ? text.replaceAll(/[&<>"']/g, (one) => references[one]) : text
}

function page({ fortunes }) {
  let html = '<!doctype html>\n<ul>\n'
  for (const { message } of fortunes) html += `<li>${escapeHtml(message)}</li>\n`
  return `${html}</ul>\n`
}

app.get('/fortunes', async (request, reply) => {
  const { rows } = await pool.query('SELECT message FROM fortune WHERE id >= 9 ORDER BY id')
  reply.type('text/html; charset=utf-8')
  return page({ fortunes: rows })
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
