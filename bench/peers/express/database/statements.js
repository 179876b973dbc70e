/** Every SQL text; columns are named as the contract's keys. */
export const selectWorld = 'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1'
export const selectAllWorlds = 'SELECT id, random_number AS "randomNumber" FROM world ORDER BY id'
export const updateWorld = 'UPDATE world SET random_number = $2 WHERE id = $1'
export const selectFortunes = 'SELECT id, message FROM fortune'
export const selectPosts =
  'SELECT id, title, body, author, views, created_at AS "createdAt" FROM posts ORDER BY id LIMIT $1'

const userColumns = 'id, username, email, age, created_at AS "createdAt"'
export const insertUser = `INSERT INTO users (username, email, age) VALUES ($1, $2, $3) RETURNING ${userColumns}`
export const selectUser = `SELECT ${userColumns} FROM users WHERE id = $1`
export const updateUser = `UPDATE users SET username = $2, email = $3, age = $4 WHERE id = $1 RETURNING ${userColumns}`
export const deleteUser = 'DELETE FROM users WHERE id = $1 RETURNING id'
export const selectUsers = `SELECT ${userColumns} FROM users WHERE id > $1 ORDER BY id LIMIT $2`

export const insertLink =
  'INSERT INTO links (code, url) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING code'
export const selectLink = 'SELECT url FROM links WHERE code = $1'

/** Until the transaction ends nobody can remove the user; changes of other columns go on beside it. */
export const lockUser = 'SELECT id FROM users WHERE id = $1 FOR KEY SHARE'
export const insertOrder =
  'INSERT INTO orders (user_id, total_cents) VALUES ($1, $2) RETURNING id, created_at AS "createdAt"'
