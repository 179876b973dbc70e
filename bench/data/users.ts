/** Table `users`: what the CRUD endpoints work on, with 1,000 rows to read, change and delete. */
import type { Table } from '../data.ts'

export const userRows = 1000

/** One seeded user, in the names of the API. */
export interface User {
  readonly id: number
  readonly username: string
  readonly email: string
  readonly age: number
  readonly createdAt: string
}

const firstUserMs = Date.UTC(2025, 5, 1)

/** The user that row `id` is seeded with, from 1 to `userRows`. */
export const seededUser = (id: number): User => {
  const username = `user${String(id).padStart(4, '0')}`
  return {
    id,
    username,
    email: `${username}@example.com`,
    age: 18 + ((id * 31) % 73),
    createdAt: new Date(firstUserMs + id * 3_660_000 + ((id * 271) % 1000)).toISOString(),
  }
}

export const users: Table<User> = {
  name: 'users',
  ddl: `CREATE TABLE users (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username text NOT NULL UNIQUE,
    email text NOT NULL UNIQUE,
    age int NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now())`,
  after: `ALTER TABLE users ALTER COLUMN id RESTART WITH ${userRows + 1}`,
  columns: [
    { name: 'id', type: 'int', value: ({ id }) => id },
    { name: 'username', type: 'text', value: ({ username }) => username },
    { name: 'email', type: 'text', value: ({ email }) => email },
    { name: 'age', type: 'int', value: ({ age }) => age },
    { name: 'created_at', type: 'timestamptz', value: ({ createdAt }) => createdAt },
  ],
  rows: () => Array.from({ length: userRows }, (_, index) => seededUser(index + 1)),
}
