import { Injectable } from '@nestjs/common'
import type { UserFields } from '../users/user-fields.dto.js'
import { type User, UsersService } from '../users/users.service.js'
import { KeptRows } from './kept-rows.js'

/** Asks the database only for users that are not kept. */
@Injectable()
export class KeptUsersService extends UsersService {
  private readonly rows = new KeptRows<User>()

  override async create(fields: UserFields): Promise<User> {
    const user = await super.create(fields)
    // Somebody may have asked for this id just before it came to be.
    this.rows.forgetReads(user.id)
    return user
  }

  override read(id: number): Promise<User> {
    return this.rows.read(id, () => super.read(id))
  }

  override update(id: number, fields: UserFields): Promise<User> {
    return this.rows.write(
      id,
      () => super.update(id, fields),
      (user) => user,
    )
  }

  override delete(id: number): Promise<void> {
    return this.rows.write(
      id,
      () => super.delete(id),
      () => undefined,
    )
  }
}
