import type { Server } from 'node:http'
import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationShutdown,
} from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'

const sweepMs = 50

/** Closing ends the connections that are idle then. This ends those too that become idle after their last answer. */
@Injectable()
export class IdleConnections implements BeforeApplicationShutdown, OnApplicationShutdown {
  private sweep: NodeJS.Timeout | undefined

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server: Server = this.adapterHost.httpAdapter.getHttpServer()
    this.sweep = setInterval(() => server.closeIdleConnections(), sweepMs)
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweep)
  }
}
