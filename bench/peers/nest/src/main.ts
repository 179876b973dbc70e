/** The quick start: Express beneath, one process. */
import { join } from 'node:path'
import { ConsoleLogger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { NextFunction, Request, Response } from 'express'
import { AppModule } from './app.module.js'
import { environment } from './environment.js'

async function bootstrap() {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    logger: new ConsoleLogger({ json: true }),
  })
  app.use((_req: Request, res: Response, next: NextFunction) => {
    res.setHeader('Server', 'nest')
    next()
  })
  app.setBaseViewsDir(join(import.meta.dirname, '..', 'views'))
  app.setViewEngine('hbs')
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true })
  await app.listen(environment.port, environment.host)
}
await bootstrap()
