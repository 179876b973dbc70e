import Fastify from 'fastify'

const app = Fastify()

const hello = { type: 'object', properties: { message: { type: 'string' } } }

app.get('/hello', { schema: { response: { 200: hello } } }, async () => ({
  message: 'Hello, World!',
}))

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
