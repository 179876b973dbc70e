import { type DynamicModule, Global, Module, type Type } from '@nestjs/common'
import { Tokens } from '../auth/tokens.js'
import { Database } from '../database/database.js'
import { Upstream } from '../upstream/upstream.js'
import { WorldCache } from '../worlds/world-cache.js'
import { WorldRows } from '../worlds/world-rows.js'
import { FastTokens } from './fast.tokens.js'
import { LruWorldCache } from './lru-world-cache.js'
import { PipelinedDatabase } from './pipelined.database.js'
import { connectionsOfEach } from './processes.js'
import { UndiciUpstream } from './undici.upstream.js'

export interface ProviderOptions {
  /** How many processes serve, this one among them. */
  readonly processes: number
  readonly worldRows: Type<WorldRows>
}

/** What the features ask for, in the way of this level. */
@Global()
@Module({})
export class TunedProvidersModule {
  static register({ processes, worldRows }: ProviderOptions): DynamicModule {
    return {
      module: TunedProvidersModule,
      providers: [
        {
          provide: Database,
          useFactory: () => new PipelinedDatabase(connectionsOfEach(processes)),
        },
        { provide: WorldRows, useClass: worldRows },
        { provide: WorldCache, useClass: LruWorldCache },
        { provide: Upstream, useClass: UndiciUpstream },
        { provide: Tokens, useClass: FastTokens },
      ],
      exports: [Database, WorldRows, WorldCache, Upstream, Tokens],
    }
  }
}
