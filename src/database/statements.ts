/** Every SQL text of the server; columns are named as the contract's keys. */
import type { Statement } from '../database.ts'

export const selectWorld: Statement = {
  name: 'select-world',
  text: 'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
}

export const selectPosts: Statement = {
  name: 'select-posts',
  text: 'SELECT id, title, body, author, views, created_at AS "createdAt" FROM posts ORDER BY id LIMIT $1',
}

export const selectOne: Statement = { name: 'select-one', text: 'SELECT 1 AS one' }
