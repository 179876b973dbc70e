/** Every SQL text of the server; columns are named as the contract's keys and listed beside the text. */
import type { Statement } from '../database.ts'

const statement = (name: string, text: string, ...columns: string[]): Statement => ({
  name,
  text,
  ...(columns.length === 0 ? {} : { columns }),
})

export const selectWorld = statement(
  'select-world',
  'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1',
  'id',
  'randomNumber',
)

export const selectAllWorlds = statement(
  'select-all-worlds',
  'SELECT id, random_number AS "randomNumber" FROM world ORDER BY id',
  'id',
  'randomNumber',
)

/** Ids as one array: the text is the same for any number of them. */
export const selectWorldsByIds = statement(
  'select-worlds-by-ids',
  'SELECT id, random_number AS "randomNumber" FROM world WHERE id = ANY($1::int[])',
  'id',
  'randomNumber',
)

export const updateWorld = statement(
  'update-world',
  'UPDATE world SET random_number = $2 WHERE id = $1',
)

/** Ids and numbers as two arrays: the text is the same for any number of rows. */
export const updateWorlds = statement(
  'update-worlds',
  'UPDATE world SET random_number = new.number FROM unnest($1::int[], $2::int[]) AS new (id, number) WHERE world.id = new.id',
)

export const selectFortunes = statement(
  'select-fortunes',
  'SELECT id, message FROM fortune',
  'id',
  'message',
)

export const selectPosts = statement(
  'select-posts',
  'SELECT id, title, body, author, views, created_at AS "createdAt" FROM posts ORDER BY id LIMIT $1',
  'id',
  'title',
  'body',
  'author',
  'views',
  'createdAt',
)

const userColumns = 'id, username, email, age, created_at AS "createdAt"'
const userKeys = ['id', 'username', 'email', 'age', 'createdAt']

export const insertUser = statement(
  'insert-user',
  `INSERT INTO users (username, email, age) VALUES ($1, $2, $3) RETURNING ${userColumns}`,
  ...userKeys,
)

export const selectUser = statement(
  'select-user',
  `SELECT ${userColumns} FROM users WHERE id = $1`,
  ...userKeys,
)

export const updateUser = statement(
  'update-user',
  `UPDATE users SET username = $2, email = $3, age = $4 WHERE id = $1 RETURNING ${userColumns}`,
  ...userKeys,
)

export const deleteUser = statement(
  'delete-user',
  'DELETE FROM users WHERE id = $1 RETURNING id',
  'id',
)

export const selectUsers = statement(
  'select-users',
  `SELECT ${userColumns} FROM users WHERE id > $1 ORDER BY id LIMIT $2`,
  ...userKeys,
)

export const insertLink = statement(
  'insert-link',
  'INSERT INTO links (code, url) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING code',
  'code',
)

export const selectLink = statement('select-link', 'SELECT url FROM links WHERE code = $1', 'url')

/** Until the transaction ends nobody can remove the user; changes of other columns go on beside it. */
export const lockUser = statement(
  'lock-user',
  'SELECT id FROM users WHERE id = $1 FOR KEY SHARE',
  'id',
)

export const insertOrder = statement(
  'insert-order',
  'INSERT INTO orders (user_id, total_cents) VALUES ($1, $2) RETURNING id, created_at AS "createdAt"',
  'id',
  'createdAt',
)

export const selectOne = statement('select-one', 'SELECT 1 AS one', 'one')

export const begin = statement('begin', 'BEGIN')
export const commit = statement('commit', 'COMMIT')
export const rollback = statement('rollback', 'ROLLBACK')
