import { Module } from '@nestjs/common'
import { APP_FILTER, APP_PIPE } from '@nestjs/core'
import { AuthModule } from './auth/auth.module.js'
import { FieldsValidationPipe } from './common/fields-validation.pipe.js'
import { IdleConnections } from './common/idle-connections.js'
import { ProblemFilter } from './common/problem.filter.js'
import { DatabaseModule } from './database/database.module.js'
import { features } from './features.js'
import { UpstreamModule } from './upstream/upstream.module.js'
import { WorldStoreModule } from './worlds/world-store.module.js'

/** The features with what the quick start puts beneath them. */
@Module({
  imports: [DatabaseModule, WorldStoreModule, UpstreamModule, AuthModule, ...features],
  providers: [
    { provide: APP_PIPE, useClass: FieldsValidationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
    IdleConnections,
  ],
})
export class AppModule {}
