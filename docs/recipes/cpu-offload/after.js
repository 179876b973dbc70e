import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import Fastify from 'fastify'
import { Piscina } from 'piscina'

// The start below `most` with the longest Collatz sequence: stands for any work without waiting.
export default function longest(most) {
  let best = { start: 1, steps: 0 }
  for (let start = 1; start <= most; start++) {
    let steps = 0
    for (let value = start; value !== 1; steps++)
      value = value % 2 === 0 ? value / 2 : 3 * value + 1
    if (steps > best.steps) best = { start, steps }
  }
  return best
}

async function serve() {
  const app = Fastify()
  // One thread for each core but one, which stays for the requests themselves. The threads load this
  // file too; in an app of several files, let them load one that holds the work alone.
  const maxThreads = Math.max(1, availableParallelism() - 1)
  const pool = new Piscina({ filename: import.meta.url, maxThreads, minThreads: maxThreads })
  app.addHook('onClose', () => pool.close())

  const querystring = {
    type: 'object',
    required: ['most'],
    properties: { most: { type: 'integer', minimum: 1, maximum: 100000 } },
  }
  app.get('/longest', { schema: { querystring } }, async (request) => pool.run(request.query.most))

  await app.listen({ port: Number(process.env.PORT) })
  console.log(`listening on port ${process.env.PORT}`)
}

if (isMainThread) await serve()
