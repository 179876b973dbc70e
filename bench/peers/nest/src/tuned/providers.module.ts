import { Global, Module } from '@nestjs/common'
import { Tokens } from '../auth/tokens.js'
import { Database } from '../database/database.js'
import { Upstream } from '../upstream/upstream.js'
import { WorldCache } from '../worlds/world-cache.js'
import { WorldRows } from '../worlds/world-rows.js'
import { BulkWorldRows } from './bulk-world-rows.js'
import { FastTokens } from './fast.tokens.js'
import { LruWorldCache } from './lru-world-cache.js'
import { PipelinedDatabase } from './pipelined.database.js'
import { UndiciUpstream } from './undici.upstream.js'

/** What the features ask for, in the way of this level. */
@Global()
@Module({
  providers: [
    { provide: Database, useClass: PipelinedDatabase },
    { provide: WorldRows, useClass: BulkWorldRows },
    { provide: WorldCache, useClass: LruWorldCache },
    { provide: Upstream, useClass: UndiciUpstream },
    { provide: Tokens, useClass: FastTokens },
  ],
  exports: [Database, WorldRows, WorldCache, Upstream, Tokens],
})
export class TunedProvidersModule {}
