/** buildApp: the whole boot order of the server on one screen. */
import Fastify, { type FastifyInstance } from 'fastify'
import { openDatabase } from './database/open.ts'
import type { Endpoint, Identity } from './endpoint.ts'
import { loadMember, memberNames } from './registry.ts'
import type { Composition } from './slot.ts'

const endpointsFolder = new URL('./endpoints/', import.meta.url)

/** What the app needs besides its profile. */
export interface Surroundings {
  readonly databaseUrl: string
  readonly identity: Identity
  /** False while the contender's other workers are still starting, or when it is stopping. */
  readonly ready: () => boolean
}

/** Builds the server for a composed profile; the caller listens and closes. */
export async function buildApp(
  parts: Composition,
  { databaseUrl, identity, ready }: Surroundings,
): Promise<FastifyInstance> {
  const app = Fastify({
    return503OnClosing: false,
    ...parts.server.fastify,
    http: parts.server.http,
    logger: parts.logging,
  })
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('server', 'gapwise')
    done()
  })
  for (const { decorate } of parts.app) decorate(app)

  const database = await openDatabase(app, parts, databaseUrl, identity.workers)
  app.addHook('onClose', () => database.close())

  for (const name of memberNames(endpointsFolder)) {
    const endpoint = await loadMember<Endpoint>(endpointsFolder, name)
    const { method, url, schema } = endpoint
    const handler = endpoint.handler({ database, identity, ready })
    app.route(parts.respond({ method, url, schema, handler }, endpoint))
  }
  return app
}
