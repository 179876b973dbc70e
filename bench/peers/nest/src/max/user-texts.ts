/** Users are sent with the text that was made when their row was first sent: for as long as the row is kept, so is its text. */
import type { FastifyInstance } from 'fastify'

const texts = new WeakMap<object, string>()

function textOf(user: object): string {
  let text = texts.get(user)
  if (text === undefined) {
    text = JSON.stringify(user)
    texts.set(user, text)
  }
  return text
}

/** Puts the text in the place of a serializer, which Fastify looks up for the status: problems are written as ever. */
export function rememberUserTexts(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.method !== 'GET' || route.url !== '/users/:id') return
    route.schema = { ...route.schema, response: { 200: {} } }
    route.serializerCompiler = () => textOf
  })
}
