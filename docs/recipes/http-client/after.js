import Fastify from 'fastify'
import { Pool } from 'undici'

const app = Fastify()
const upstream = new Pool(process.env.UPSTREAM_URL, { connections: 128 })
app.addHook('onClose', () => upstream.close())

async function ask(path) {
  const { statusCode, body } = await upstream.request({
    method: 'GET',
    path,
    signal: AbortSignal.timeout(1000),
  })
  if (statusCode !== 200) {
    // Whoever does not read an answer keeps its connection from the next request.
    await body.dump()
    throw new Error(`${path} answered ${statusCode}`)
  }
  return await body.json()
}

app.get('/offer/:item', async (request) => {
  const item = encodeURIComponent(request.params.item)
  const [price, stock] = await Promise.all([ask(`/price?item=${item}`), ask(`/stock?item=${item}`)])
  return { price, stock }
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
