import { Injectable, NotFoundException } from '@nestjs/common'
import { greatestRowId } from '../common/row-id.pipe.js'
import { Database } from '../database/database.js'
import { orConflict } from '../database/or-conflict.js'
import type { UserFields } from './user-fields.dto.js'

export interface User {
  readonly id: number
  readonly username: string
  readonly email: string
  readonly age: number
  readonly createdAt: Date
}

const columns = 'id, username, email, age, created_at AS "createdAt"'
const insertUser = `INSERT INTO users (username, email, age) VALUES ($1, $2, $3) RETURNING ${columns}`
const selectUser = `SELECT ${columns} FROM users WHERE id = $1`
const updateUser = `UPDATE users SET username = $2, email = $3, age = $4 WHERE id = $1 RETURNING ${columns}`
const deleteUser = 'DELETE FROM users WHERE id = $1 RETURNING id'
const selectUsers = `SELECT ${columns} FROM users WHERE id > $1 ORDER BY id LIMIT $2`

const found = <Row>([row]: Row[]): Row => {
  if (row === undefined) throw new NotFoundException()
  return row
}

@Injectable()
export class UsersService {
  constructor(private readonly database: Database) {}

  async create({ username, email, age }: UserFields): Promise<User> {
    const values = [username, email, age]
    return found(await this.database.query<User>(insertUser, values).catch(orConflict))
  }

  async read(id: number): Promise<User> {
    return found(await this.database.query<User>(selectUser, [id]))
  }

  async update(id: number, { username, email, age }: UserFields): Promise<User> {
    const values = [id, username, email, age]
    return found(await this.database.query<User>(updateUser, values).catch(orConflict))
  }

  async delete(id: number): Promise<void> {
    found(await this.database.query(deleteUser, [id]))
  }

  async list(after: number, limit: number): Promise<User[]> {
    // No user comes after the greatest id; asking would be an error of the database.
    if (after > greatestRowId) return []
    return this.database.query<User>(selectUsers, [after, limit])
  }
}
