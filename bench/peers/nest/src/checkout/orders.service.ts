import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'

export interface Order {
  readonly id: number
  readonly createdAt: Date
}

/** Until the transaction ends nobody can remove the user; changes of other columns go on beside it. */
const lockUser = 'SELECT id FROM users WHERE id = $1 FOR KEY SHARE'
const insertOrder =
  'INSERT INTO orders (user_id, total_cents) VALUES ($1, $2) RETURNING id, created_at AS "createdAt"'

@Injectable()
export class OrdersService {
  constructor(private readonly database: Database) {}

  /** @returns undefined where there is no such user */
  create(userId: number, totalCents: number): Promise<Order | undefined> {
    return this.database.transaction(async (query) => {
      const users = await query(lockUser, [userId])
      if (users.length === 0) return undefined
      return (await query<Order>(insertOrder, [userId, totalCents]))[0]
    })
  }
}
