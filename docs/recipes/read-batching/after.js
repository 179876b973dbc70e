import Fastify from 'fastify'
import { Pool } from 'pg'

const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = Fastify()

const maxBatch = 256
const waiting = []
let underWay = false

function readWorld(id) {
  return new Promise((resolve, reject) => {
    waiting.push({ id, resolve, reject })
    if (!underWay) void readBatches()
  })
}

// One query at a time; what is asked meanwhile goes with the next one. A read never joins a query
// that was sent before it, so it sees what was written before it began.
async function readBatches() {
  underWay = true
  while (waiting.length > 0) await readBatch(waiting.splice(0, maxBatch))
  underWay = false
}

// Never rejects: each question gets its row or its error.
async function readBatch(batch) {
  try {
    const { rows } = await pool.query(
      'SELECT id, random_number AS "randomNumber" FROM world WHERE id = ANY($1::int[])',
      [[...new Set(batch.map(({ id }) => id))]],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const { id, resolve } of batch) resolve(byId.get(id))
  } catch (error) {
    // One bad id fails the query for all: each is asked again by itself.
    if (batch.length > 1) for (const question of batch) await readBatch([question])
    else batch[0].reject(error)
  }
}

app.get('/world/:id', (request) => readWorld(Number(request.params.id)))

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
