import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { Pool } from 'undici'
import { environment } from '../environment.js'
import {
  failedService,
  lateService,
  longestAnswerBytes,
  Upstream,
  upstreamTimeoutMs,
} from '../upstream/upstream.js'

const connections = 128

/** undici's own API over connections that are kept. */
@Injectable()
export class UndiciUpstream extends Upstream implements OnApplicationShutdown {
  private readonly pool =
    environment.upstreamUrl === undefined
      ? undefined
      : new Pool(environment.upstreamUrl, { connections, maxResponseSize: longestAnswerBytes })

  async get(path: string): Promise<unknown> {
    if (this.pool === undefined) throw failedService(path)
    try {
      const signal = AbortSignal.timeout(upstreamTimeoutMs)
      const { statusCode, body } = await this.pool.request({ method: 'GET', path, signal })
      if (statusCode === 200) return await body.json()
      await body.dump()
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') throw lateService(path)
    }
    throw failedService(path)
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.close()
  }
}
