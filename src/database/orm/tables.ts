/** The tables as Drizzle knows them; keys in the order in which the contract answers them. */
import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const id = () => integer().primaryKey()
const createdAt = () => timestamp('created_at', { withTimezone: true, precision: 3 }).notNull()

export const world = pgTable('world', {
  id: id(),
  randomNumber: integer('random_number').notNull(),
})

export const fortune = pgTable('fortune', { id: id(), message: text().notNull() })

export const posts = pgTable('posts', {
  id: id(),
  title: text().notNull(),
  body: text().notNull(),
  author: text().notNull(),
  views: integer().notNull(),
  createdAt: createdAt(),
})

export const users = pgTable('users', {
  id: id().generatedAlwaysAsIdentity(),
  username: text().notNull(),
  email: text().notNull(),
  age: integer().notNull(),
  createdAt: createdAt().defaultNow(),
})

export const links = pgTable('links', { code: text().primaryKey(), url: text().notNull() })

export const orders = pgTable('orders', {
  id: id().generatedAlwaysAsIdentity(),
  userId: integer('user_id').notNull(),
  totalCents: integer('total_cents').notNull(),
  createdAt: createdAt().defaultNow(),
})
