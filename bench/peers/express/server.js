/** Reads the address from the environment, listens, and closes on SIGTERM and SIGINT. */
import { createApp } from './app.js'
import { openPool } from './pool.js'

const { DATABASE_URL, HOST = '127.0.0.1', PORT = '3000' } = process.env

const pool = openPool(DATABASE_URL)

const server = createApp(pool).listen(Number(PORT), HOST, (error) => {
  if (error) throw error
  console.log(`express listens on http://${HOST}:${PORT}`)
})

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    server.close(() => pool.end())
  })
}
