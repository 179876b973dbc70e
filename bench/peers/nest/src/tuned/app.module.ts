import { Module } from '@nestjs/common'
import { APP_FILTER, APP_PIPE } from '@nestjs/core'
import { IdleConnections } from '../common/idle-connections.js'
import { ProblemFilter } from '../common/problem.filter.js'
import { features } from '../features.js'
import { CompiledValidationPipe } from './compiled-validation.pipe.js'
import { TunedProvidersModule } from './providers.module.js'

/** The same features with faster things beneath them. */
@Module({
  imports: [TunedProvidersModule, ...features],
  providers: [
    { provide: APP_PIPE, useClass: CompiledValidationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
    IdleConnections,
  ],
})
export class AppModule {}
