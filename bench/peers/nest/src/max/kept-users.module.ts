import { Module } from '@nestjs/common'
import { UsersController } from '../users/users.controller.js'
import { UsersService } from '../users/users.service.js'
import { KeptUsersService } from './kept-users.service.js'

/** Stands where UsersModule would. */
@Module({
  controllers: [UsersController],
  providers: [{ provide: UsersService, useClass: KeptUsersService }],
})
export class KeptUsersModule {}
