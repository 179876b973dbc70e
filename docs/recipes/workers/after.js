import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import Fastify from 'fastify'

async function serve() {
  const app = Fastify()
  app.get('/hello', async () => ({ message: 'Hello, World!' }))
  await app.listen({ port: Number(process.env.PORT) })
  console.log(`listening on port ${process.env.PORT}`)
}

if (cluster.isPrimary) {
  // Each worker has its own memory, pool and cache: divide the pool's size by their number.
  for (let count = 0; count < availableParallelism(); count++) cluster.fork()
  // When one dies all go: what supervises the app (systemd, a container) starts them anew.
  cluster.on('exit', () => process.exit(1))
} else {
  await serve()
}
