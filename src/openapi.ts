/** The description of the API (OpenAPI 3.1), made from the endpoints themselves: the same for every profile. */
import type { Endpoint } from './endpoint.ts'
import { operationOf } from './openapi/operation.ts'
import { namedSchemas } from './openapi/named-schemas.ts'

/** Any document of OpenAPI. */
export interface OpenApi {
  readonly openapi: string
  readonly [key: string]: unknown
}

const description = `What every server under test answers (tag \`contract\`), and what gapwise's own servers
answer besides (tag \`operations\`). Each error is a problem document (RFC 9457).
A path that is not listed is 404; a listed path with another method is 405 with \`Allow\`.
HEAD is answered wherever GET is. What is no HTTP request is 400, and one that is not sent in time is 408.`

/**
 * Describes endpoints in an app that is thrown away, so that a server pays nothing for it until it is asked.
 * @param endpoints in the order in which their paths are listed
 */
export async function describeApi(endpoints: readonly Endpoint[]): Promise<OpenApi> {
  const { default: Fastify } = await import('fastify')
  const { default: swagger } = await import('@fastify/swagger')
  const app = Fastify({ exposeHeadRoutes: false })
  // Nothing is served here, so nothing need be compiled.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => String)
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'gapwise',
        version: '1.0.0',
        description,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [
        { name: 'contract', description: 'What every server under test answers' },
        { name: 'operations', description: 'How a server is run and described' },
      ],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'HS256; `sub` is the user, `exp` is needed.',
          },
        },
      },
    },
    refResolver: { buildLocalReference: ({ $id }) => $id as string },
  })
  for (const [schema, name] of namedSchemas) app.addSchema({ ...schema, $id: name })
  for (const endpoint of endpoints)
    app.route({
      method: endpoint.method,
      url: endpoint.url,
      schema: operationOf(endpoint),
      handler: (_request, reply) => reply,
    })
  await app.ready()
  const document = app.swagger() as unknown as OpenApi
  await app.close()
  return document
}
