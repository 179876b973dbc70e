import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Res,
  UseGuards,
} from '@nestjs/common'
import type { HeaderSink } from '../common/header-sink.js'
import { JsonBodyGuard } from '../common/json-body.guard.js'
import { LinkFields } from './link-fields.dto.js'
import { LinksService } from './links.service.js'

@Controller()
export class LinksController {
  constructor(private readonly links: LinksService) {}

  @Post('links')
  @UseGuards(JsonBodyGuard)
  async create(@Body() { url }: LinkFields, @Res({ passthrough: true }) response: HeaderSink) {
    const code = await this.links.create(url)
    response.header('Location', `/l/${code}`)
    return { code, url }
  }

  @Get('l/:code')
  @HttpCode(302)
  @Header('Content-Type', 'text/plain')
  async follow(@Param('code') code: string, @Res({ passthrough: true }) response: HeaderSink) {
    const url = await this.links.find(code)
    if (url === undefined) throw new NotFoundException()
    // By hand: @Redirect() leaves it to Express, which writes the URL in another way than it was given.
    response.header('Location', url)
    return `Found: ${url}`
  }
}
