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

// Once, at the start. A schema that is given to the route is compiled once by Fastify itself.
const isBasket = new Ajv().compile(basketSchema)
const writeTotal = fastJson(totalSchema)

app.post('/total', async (request, reply) => {
  if (!isBasket(request.body)) return reply.code(422).send({ error: isBasket.errors[0].message })
  const { pieces, price } = request.body
  reply.type('application/json; charset=utf-8')
  return writeTotal({ total: pieces * price })
})

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
