import { Ajv } from 'ajv'
import fastJson from 'fast-json-stringify'
import Fastify from 'fastify'

const app = Fastify()

const basketSchema = {
  type: 'object',
  required: ['pieces', 'price'],
  properties: { pieces: { type: 'integer', minimum: 1 }, price: { type: 'integer', minimum: 0 } },
}
const totalSchema = { type: 'object', properties: { total: { type: 'integer' } } }

app.post('/total', async (request, reply) => {
  // Both compilers write a program and have V8 parse it: for each request.
  const isBasket = new Ajv().compile(basketSchema)
  const writeTotal = fastJson(totalSchema)
  if (!isBasket(request.body)) return reply.code(422).send({ error: isBasket.errors[0].message })
  const { pieces, price } = request.body
  reply.type('application/json; charset=utf-8')
  return writeTotal({ total: pieces * price })
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
