import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyInstance } from 'fastify'
import { environment } from '../environment.js'
import { AppModule, type AppOptions } from './app.module.js'
import { allowEmptyBodies } from './empty-bodies.js'
import { showFortunes } from './fortunes-page.js'
import { PinoLogger } from './pino.logger.js'
import { describeLists } from './response-schemas.js'

/**
 * Serves in this process until it is told to stop.
 * @param extend what another level adds to Fastify, before there are routes
 */
export async function serve(
  options: AppOptions,
  extend: (fastify: FastifyInstance) => void = () => {},
): Promise<void> {
  describeLists()
  const adapter = new FastifyAdapter({ http: { optimizeEmptyRequests: true } })
  const fastify = adapter.getInstance()
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.header('Server', 'nest')
    done()
  })
  allowEmptyBodies(fastify)
  showFortunes(fastify)
  extend(fastify)
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(options),
    adapter,
    { logger: new PinoLogger() },
  )
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true })
  await app.listen(environment.port, environment.host)
}
