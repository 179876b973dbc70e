import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'

export interface Post {
  readonly id: number
  readonly title: string
  readonly body: string
  readonly author: string
  readonly views: number
  readonly createdAt: Date
}

const selectPosts =
  'SELECT id, title, body, author, views, created_at AS "createdAt" FROM posts ORDER BY id LIMIT $1'

@Injectable()
export class PostsService {
  constructor(private readonly database: Database) {}

  list(limit: number): Promise<Post[]> {
    return this.database.query<Post>(selectPosts, [limit])
  }
}
