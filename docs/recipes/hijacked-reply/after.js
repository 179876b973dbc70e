import Fastify from 'fastify'

const app = Fastify()

app.get('/hello', (request, reply) => {
  const text = JSON.stringify({ message: 'Hello, World!' })
  // From here on no hook of this answer runs, and no error of it is answered.
  reply.hijack()
  reply.raw.writeHead(200, {
    // What plugins have set, cookies and CORS for example, would be lost without this.
    ...reply.getHeaders(),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  })
  reply.raw.end(text)
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
