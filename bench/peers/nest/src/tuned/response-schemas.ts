/** Serializers of lists, compiled by Fastify from what a row looks like. One small object is written faster by V8 itself. */
import { RouteSchema } from '@nestjs/platform-fastify'
import { PostsController } from '../posts/posts.controller.js'
import { UsersController } from '../users/users.controller.js'
import { WorldsController } from '../worlds/worlds.controller.js'

const integer = { type: 'integer' }
const string = { type: 'string' }
const createdAt = { type: 'string', format: 'date-time' }

const world = { id: integer, randomNumber: integer }
const post = { id: integer, title: string, body: string, author: string, views: integer, createdAt }
const user = { id: integer, username: string, email: string, age: integer, createdAt }

/** @RouteSchema() as it would stand above a handler, if the handler were for Fastify alone. */
function describe<Controller extends object>(
  handlers: Controller,
  name: keyof Controller & string,
  properties: object,
): void {
  const items = { type: 'object', properties }
  const handler = Object.getOwnPropertyDescriptor(handlers, name)
  if (handler !== undefined)
    RouteSchema({ response: { 200: { type: 'array', items } } })(handlers, name, handler)
}

/** To be called before the app is made. */
export function describeLists(): void {
  describe(WorldsController.prototype, 'read', world)
  describe(WorldsController.prototype, 'update', world)
  describe(WorldsController.prototype, 'readCached', world)
  describe(PostsController.prototype, 'list', post)
  describe(UsersController.prototype, 'list', user)
}
