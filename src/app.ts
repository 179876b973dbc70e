/** buildApp: the whole boot order of the server on one screen. */
import Fastify, { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { makeGuard } from './auth/guard.ts'
import { answerClientError } from './client-error.ts'
import { openDatabase } from './database/open.ts'
import type { Identity, JournalStream, Services } from './endpoint.ts'
import { loadEndpoints } from './load-endpoints.ts'
import { mindBody } from './no-body.ts'
import { refuseOtherMethods } from './other-methods.ts'
import { installProblems, sendRouterProblem } from './problem.ts'
import type { Composition } from './slot.ts'
import { ajvOptions } from './validation.ts'

/** A checkout has a few hundred bytes; nothing that is sent here needs more. */
const bodyLimitBytes = 65_536

/** What the app needs besides its profile. */
export interface Surroundings {
  readonly databaseUrl: string
  /** The folder of PostgreSQL's unix socket, where it is known. */
  readonly databaseSocket?: string | undefined
  /** Where the downstream services answer. */
  readonly upstreamUrl?: string | undefined
  /** Of the tokens' HS256 signature. */
  readonly jwtSecret?: string | undefined
  /** Gets one line of JSON for each business event. */
  readonly journal: JournalStream
  readonly identity: Identity
  /** False while the contender's other workers are still starting, or when it is stopping. */
  readonly ready: () => boolean
}

/** Builds the server for a composed profile; the caller listens and closes. */
export async function buildApp(
  parts: Composition,
  surroundings: Surroundings,
): Promise<FastifyInstance> {
  const app = Fastify({
    return503OnClosing: false,
    bodyLimit: bodyLimitBytes,
    frameworkErrors: sendRouterProblem,
    clientErrorHandler: answerClientError,
    ajv: { customOptions: ajvOptions },
    ...parts.server.fastify,
    http: parts.server.http,
    logger: parts.logging,
  })
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('server', 'gapwise')
    done()
  })
  installProblems(app)
  for (const { decorate } of parts.app) decorate(app)

  const services = await openServices(app, parts, surroundings)
  const guard = makeGuard(app, services.authenticate)
  const endpoints = await loadEndpoints()
  for (const endpoint of endpoints) {
    const { response: _unused, ...schema } = endpoint.schema
    const { method, url, secured = false } = endpoint
    const route = {
      method,
      url,
      schema,
      handler: endpoint.handler(services),
      ...(secured && { onRequest: guard }),
      // Where Fastify would read a body, that of a DELETE among them.
      ...(method !== 'GET' && { preParsing: mindBody(method) }),
    }
    const { serializer, remember, writer } = parts.respond
    const serializeOf = (status: number) => remember(serializer(endpoint, status), endpoint)
    app.route(writer(route, endpoint, serializeOf))
  }
  refuseOtherMethods(app, endpoints)
  return app
}

async function openServices(
  app: FastifyInstance,
  parts: Composition,
  { upstreamUrl, jwtSecret, journal, identity, ready, ...place }: Surroundings,
): Promise<Services> {
  const database = await openDatabase(app, parts, place, identity.workers)
  app.addHook('onClose', () => database.close())
  const upstream = (await parts.upstream())(upstreamUrl)
  app.addHook('onClose', () => upstream.close())
  const compute = await parts.compute(identity.workers)
  app.addHook('onClose', () => compute.close())
  return {
    database,
    upstream,
    compute,
    authenticate: (await parts.auth())(jwtSecret),
    templates: await parts.templates(),
    makeCache: await parts.cache(),
    journal: pino({ base: null }, journal),
    identity,
    ready,
  }
}
