import Fastify from 'fastify'

const app = Fastify({
  // An option of node:http, experimental: nothing may wait for the end of a request without body.
  http: { optimizeEmptyRequests: true },
})

app.get('/hello', async () => ({ message: 'Hello, World!' }))
app.post('/echo', async (request) => request.body)

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
