import * as threads from 'node:worker_threads'
import Fastify from 'fastify'
import { Pool } from 'pg'

async function serve() {
  const querySync = openSync()
  const app = Fastify()

  app.get('/world/:id', async (request) => {
    // No other request is served, and no timer fires, until the database has answered.
    const { rows } = querySync(
      'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
      [request.params.id],
    )
    return rows[0]
  })

  await app.listen({ port: Number(process.env.PORT) })
  console.log(`listening on port ${process.env.PORT}`)
}

// What a synchronous driver does inside: it asks elsewhere and holds its own thread up meanwhile.
function openSync() {
  const answered = new Int32Array(new SharedArrayBuffer(4))
  const { port1, port2 } = new threads.MessageChannel()
  const workerData = { port: port2, answered }
  const entry = new URL(import.meta.url)
  const thread = new threads.Worker(entry, { workerData, transferList: [port2] })
  thread.unref()
  return (text, values) => {
    Atomics.store(answered, 0, 0)
    port1.postMessage({ text, values })
    // The call before may wake this one: it stored its answer a moment before it woke anybody.
    while (Atomics.load(answered, 0) === 0) Atomics.wait(answered, 0, 0)
    const { rows, error } = threads.receiveMessageOnPort(port1).message
    if (error) throw error
    return { rows }
  }
}

function answerCalls() {
  const { port, answered } = threads.workerData
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 })
  port.on('message', async ({ text, values }) => {
    const answer = await pool.query(text, values).then(
      ({ rows }) => ({ rows }),
      (error) => ({ error }),
    )
    port.postMessage(answer)
    Atomics.store(answered, 0, 1)
    Atomics.notify(answered, 0)
  })
}

if (threads.isMainThread) await serve()
else answerCalls()
