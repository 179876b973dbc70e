import { Controller, Get, Query } from '@nestjs/common'
import { CountPipe } from '../common/count.pipe.js'
import { WorldsService } from './worlds.service.js'

const rowCount = new CountPipe({ most: 500, bad: 1 })

@Controller()
export class WorldsController {
  constructor(private readonly worlds: WorldsService) {}

  @Get('db')
  readOne() {
    return this.worlds.readOne()
  }

  @Get('queries')
  read(@Query('queries', rowCount) count: number) {
    return this.worlds.read(count)
  }

  @Get('updates')
  update(@Query('queries', rowCount) count: number) {
    return this.worlds.update(count)
  }

  @Get('cached-queries')
  readCached(@Query('count', rowCount) count: number) {
    return this.worlds.readCached(count)
  }
}
