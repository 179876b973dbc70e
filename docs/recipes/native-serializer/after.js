import Fastify from 'fastify'

const app = Fastify()
// The schema still describes the answer, but nothing is dropped or converted by it any more.
app.setSerializerCompiler(() => JSON.stringify)

const hello = { type: 'object', properties: { message: { type: 'string' } } }

app.get('/hello', { schema: { response: { 200: hello } } }, async () => ({
  message: 'Hello, World!',
}))

await app.listen({ port: Number(process.env.PORT) })
console.log(`listening on port ${process.env.PORT}`)
