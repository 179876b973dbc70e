import Fastify from 'fastify'

// Two lines for each request: one when it comes in, one when it is answered.
const app = Fastify({ logger: true })

app.get('/hello', async () => ({ message: 'Hello, World!' }))

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
