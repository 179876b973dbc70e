/** What the levels have: every route is in one of these modules. */
import { BasicModule } from './basic/basic.module.js'
import { CheckoutModule } from './checkout/checkout.module.js'
import { FortunesModule } from './fortunes/fortunes.module.js'
import { LinksModule } from './links/links.module.js'
import { PostsModule } from './posts/posts.module.js'
import { UsersModule } from './users/users.module.js'
import { WorldsModule } from './worlds/worlds.module.js'

export const features = [
  BasicModule,
  WorldsModule,
  FortunesModule,
  PostsModule,
  UsersModule,
  LinksModule,
  CheckoutModule,
]
