import { CacheModule } from '@nestjs/cache-manager'
import { Global, Module } from '@nestjs/common'
import { ManagedWorldCache } from './managed-world-cache.js'
import { SequentialWorldRows } from './sequential-world-rows.js'
import { WorldCache } from './world-cache.js'
import { WorldRows } from './world-rows.js'

@Global()
@Module({
  imports: [CacheModule.register()],
  providers: [
    { provide: WorldRows, useClass: SequentialWorldRows },
    { provide: WorldCache, useClass: ManagedWorldCache },
  ],
  exports: [WorldRows, WorldCache],
})
export class WorldStoreModule {}
