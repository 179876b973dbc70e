import type { LoggerService } from '@nestjs/common'
import pino from 'pino'

/** Nest's Logger writes through pino. */
export class PinoLogger implements LoggerService {
  private readonly pino = pino({ base: null })

  log(message: unknown) {
    this.pino.info(message)
  }

  warn(message: unknown) {
    this.pino.warn(message)
  }

  error(message: unknown, ...details: unknown[]) {
    if (message instanceof Error) this.pino.error(message)
    else this.pino.error({ details }, String(message))
  }
}
