import { createVerifier } from 'fast-jwt'
import Fastify from 'fastify'

const app = Fastify()
const verify = createVerifier({
  key: process.env.JWT_SECRET,
  algorithms: ['HS256'],
  requiredClaims: ['sub', 'exp'],
})

app.get('/me', async (request, reply) => {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  try {
    return { user: verify(token).sub }
  } catch {
    return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'no valid token' })
  }
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
