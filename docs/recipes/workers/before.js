import Fastify from 'fastify'

async function serve() {
  const app = Fastify()
  app.get('/hello', async () => ({ message: 'Hello, World!' }))
  await app.listen({ port: Number(process.env.PORT) })
  console.log(`listening on port ${process.env.PORT}`)
}

await serve()
