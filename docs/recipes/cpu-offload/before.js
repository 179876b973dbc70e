import Fastify from 'fastify'

// The start below `most` with the longest Collatz sequence: stands for any work without waiting.
function longest(most) {
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

  const querystring = {
    type: 'object',
    required: ['most'],
    properties: { most: { type: 'integer', minimum: 1, maximum: 100000 } },
  }
  app.get('/longest', { schema: { querystring } }, async (request) => longest(request.query.most))

  await app.listen({ port: Number(process.env.PORT) })
  console.log(`listening on port ${process.env.PORT}`)
}

await serve()
