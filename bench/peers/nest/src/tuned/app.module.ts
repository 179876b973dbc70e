import { type DynamicModule, Module, type Type } from '@nestjs/common'
import { APP_FILTER, APP_PIPE } from '@nestjs/core'
import { IdleConnections } from '../common/idle-connections.js'
import { ProblemFilter } from '../common/problem.filter.js'
import { CompiledValidationPipe } from './compiled-validation.pipe.js'
import { type ProviderOptions, TunedProvidersModule } from './providers.module.js'

/** What this level and `max` have in different ways. */
export interface AppOptions extends ProviderOptions {
  readonly features: readonly Type[]
}

/** The features with faster things beneath them. */
@Module({
  providers: [
    { provide: APP_PIPE, useClass: CompiledValidationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
    IdleConnections,
  ],
})
export class AppModule {
  static register({ features, ...beneath }: AppOptions): DynamicModule {
    return { module: AppModule, imports: [TunedProvidersModule.register(beneath), ...features] }
  }
}
