import { createVerifier } from 'fast-jwt'
import Fastify from 'fastify'
import { LRUCache } from 'lru-cache'

const app = Fastify()
const verifyAnew = createVerifier({
  key: process.env.JWT_SECRET,
  algorithms: ['HS256'],
  requiredClaims: ['sub', 'exp'],
})

// The whole token is the key, so one that differs in a letter is another one.
const known = new LRUCache({ max: 1000 })
function verify(token) {
  const kept = known.get(token)
  if (kept !== undefined && Date.now() < kept.exp * 1000) return kept
  // Throws for what is no valid token, so that only valid ones are kept.
  const claims = verifyAnew(token)
  known.set(token, claims)
  return claims
}

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
