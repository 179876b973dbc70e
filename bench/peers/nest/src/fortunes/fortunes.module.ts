import { Module } from '@nestjs/common'
import { FortunesController } from './fortunes.controller.js'
import { FortunesService } from './fortunes.service.js'

@Module({ controllers: [FortunesController], providers: [FortunesService] })
export class FortunesModule {}
