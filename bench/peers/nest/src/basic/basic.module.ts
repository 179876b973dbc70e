import { Module } from '@nestjs/common'
import { BasicController } from './basic.controller.js'
import { FanoutController } from './fanout.controller.js'

@Module({ controllers: [BasicController, FanoutController] })
export class BasicModule {}
