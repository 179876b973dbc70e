import Fastify from 'fastify'

const app = Fastify()

app.get('/hello', async () => ({ message: 'Hello, World!' }))
app.post('/echo', async (request) => request.body)

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
