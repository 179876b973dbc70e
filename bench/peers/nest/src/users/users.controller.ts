import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common'
import type { HeaderSink } from '../common/header-sink.js'
import { JsonBodyGuard } from '../common/json-body.guard.js'
import { RowIdPipe } from '../common/row-id.pipe.js'
import { UserFields } from './user-fields.dto.js'
import { UserPage } from './user-page.dto.js'
import { UsersService } from './users.service.js'

@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Post()
  @UseGuards(JsonBodyGuard)
  async create(@Body() fields: UserFields, @Res({ passthrough: true }) response: HeaderSink) {
    const user = await this.users.create(fields)
    response.header('Location', `/users/${user.id}`)
    return user
  }

  @Get()
  list(@Query() { after = '0', limit = '20' }: UserPage) {
    return this.users.list(Number(after), Number(limit))
  }

  @Get(':id')
  read(@Param('id', RowIdPipe) id: number) {
    return this.users.read(id)
  }

  @Put(':id')
  @UseGuards(JsonBodyGuard)
  update(@Param('id', RowIdPipe) id: number, @Body() fields: UserFields) {
    return this.users.update(id, fields)
  }

  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id', RowIdPipe) id: number) {
    return this.users.delete(id)
  }
}
