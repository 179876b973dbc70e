import Fastify from 'fastify'

const app = Fastify()

async function ask(path) {
  const answer = await fetch(process.env.UPSTREAM_URL + path, {
    signal: AbortSignal.timeout(1000),
  })
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  return await answer.json()
}

app.get('/offer/:item', async (request) => {
  const item = encodeURIComponent(request.params.item)
  const [price, stock] = await Promise.all([ask(`/price?item=${item}`), ask(`/stock?item=${item}`)])
  return { price, stock }
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
