#!/usr/bin/env -S node --max-semi-space-size=64
import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

// Each row is an object that is garbage once it is sent.
app.get('/posts', async () => {
  const { rows } = await pool.query('SELECT id, author, views FROM posts ORDER BY id LIMIT 2')
  return rows
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
