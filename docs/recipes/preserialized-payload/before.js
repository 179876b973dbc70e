import Fastify from 'fastify'

const app = Fastify()

app.get('/hello', async () => ({ message: 'Hello, World!' }))

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
