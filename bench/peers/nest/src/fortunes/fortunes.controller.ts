import { Controller, Get, Render } from '@nestjs/common'
import { FortunesService } from './fortunes.service.js'

@Controller('fortunes')
export class FortunesController {
  constructor(private readonly fortunes: FortunesService) {}

  @Get()
  @Render('fortunes')
  async show() {
    return { fortunes: await this.fortunes.list() }
  }
}
