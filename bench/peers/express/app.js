/** The endpoints, written as Express's own documentation writes them. */
import express from 'express'
import { parseCount } from './count.js'

const selectWorld = 'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1'
const selectPosts =
  'SELECT id, title, body, author, views, created_at AS "createdAt" FROM posts ORDER BY id LIMIT $1'

const randomWorldId = () => 1 + Math.floor(Math.random() * 10_000)

export function createApp(pool) {
  const app = express()

  app.use((req, res, next) => {
    res.set('Server', 'express')
    next()
  })

  app.get('/plaintext', (req, res) => {
    res.type('text/plain').send('Hello, World!')
  })

  app.get('/json', (req, res) => {
    res.json({ message: 'Hello, World!' })
  })

  app.get('/db', async (req, res) => {
    const { rows } = await pool.query(selectWorld, [randomWorldId()])
    res.json(rows[0])
  })

  app.get('/queries', async (req, res) => {
    const count = parseCount(req.query.queries, { max: 500, bad: 1 })
    const client = await pool.connect()
    try {
      const worlds = []
      for (let read = 0; read < count; read++) {
        const { rows } = await client.query(selectWorld, [randomWorldId()])
        worlds.push(rows[0])
      }
      res.json(worlds)
    } finally {
      client.release()
    }
  })

  app.get('/posts', async (req, res) => {
    const limit = parseCount(req.query.limit, { max: 100, bad: 100 })
    const { rows } = await pool.query(selectPosts, [limit])
    res.json(rows)
  })

  return app
}
