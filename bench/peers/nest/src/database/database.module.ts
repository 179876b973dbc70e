import { Global, Module } from '@nestjs/common'
import { Database } from './database.js'
import { PgDatabase } from './pg.database.js'

@Global()
@Module({
  providers: [{ provide: Database, useClass: PgDatabase }],
  exports: [Database],
})
export class DatabaseModule {}
