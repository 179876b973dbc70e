import { Controller, Get, Query } from '@nestjs/common'
import { CountPipe } from '../common/count.pipe.js'
import { PostsService } from './posts.service.js'

@Controller('posts')
export class PostsController {
  constructor(private readonly posts: PostsService) {}

  @Get()
  list(@Query('limit', new CountPipe({ most: 100, bad: 100 })) limit: number) {
    return this.posts.list(limit)
  }
}
