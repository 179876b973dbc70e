import Fastify from 'fastify'

const app = Fastify()

app.get('/hello', async (request, reply) => {
  // Text is sent as it is; without a type it would be text/plain.
  reply.type('application/json; charset=utf-8')
  return JSON.stringify({ message: 'Hello, World!' })
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
