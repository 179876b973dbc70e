/** GET /docs/:file: what the page at /docs is made of, read when it is first asked for. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Type } from '@sinclair/typebox'
import { defineEndpoint } from '../endpoint.ts'
import { ProblemSchema } from '../problem.ts'

const types = {
  'favicon-32x32.png': 'image/png',
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const

type File = keyof typeof types

const { resolve } = createRequire(import.meta.url)

export default defineEndpoint({
  name: 'docs-files',
  summary: 'A file that the page at /docs is made of.',
  method: 'GET',
  url: '/docs/:file',
  mediaType: '*/*',
  operational: true,
  schema: {
    params: Type.Object({
      file: Type.Unsafe<File>({ type: 'string', enum: Object.keys(types) }),
    }),
    response: { 200: Type.Unknown(), 404: ProblemSchema },
  },
  handler: () => {
    const kept = new Map<File, Promise<Buffer>>()
    const read = (file: File): Promise<Buffer> => {
      const reading = kept.get(file) ?? readFile(resolve(`@fastify/swagger-ui/static/${file}`))
      kept.set(file, reading)
      return reading
    }
    return async (request, reply) => {
      const { file } = request.params
      return reply.type(types[file]).send(await read(file))
    }
  },
})
