import { STATUS_CODES } from 'node:http'
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'

const internalServerError = 500

/** Answers whatever was thrown with a problem document (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name)

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const isExpected = exception instanceof HttpException
    if (!isExpected) this.logger.error(exception)
    const status = isExpected ? exception.getStatus() : internalServerError
    const said = isExpected ? exception.getResponse() : {}
    const { message, errors } =
      typeof said === 'string' ? { message: said } : (said as Record<string, unknown>)
    const { httpAdapter } = this.adapterHost
    const response: unknown = host.switchToHttp().getResponse()
    httpAdapter.setHeader(response, 'Content-Type', 'application/problem+json')
    httpAdapter.reply(
      response,
      { type: 'about:blank', title: STATUS_CODES[status], status, detail: message, errors },
      status,
    )
  }
}
