/** What the routes ask of the database: one statement after the other. */
import createError from 'http-errors'
import * as sql from './statements.js'

/** What PostgreSQL calls a value that a unique index already holds. */
const uniqueViolation = '23505'

const orConflict = (error) => {
  throw error.code === uniqueViolation ? createError(409, 'username or email is taken') : error
}

/** @param connections query, withClient and transaction, as pool.js makes them */
export function makeOperations({ query, withClient, transaction }) {
  const first = async (text, values) => (await query(text, values))[0]
  return {
    readWorld: (id) => first(sql.selectWorld, [id]),
    readWorlds: (ids) =>
      withClient(async (query) => {
        const worlds = []
        for (const id of ids) worlds.push((await query(sql.selectWorld, [id]))[0])
        return worlds
      }),
    updateWorlds: (worlds) =>
      withClient(async (query) => {
        for (const { id, randomNumber } of worlds) await query(sql.updateWorld, [id, randomNumber])
      }),
    listWorlds: () => query(sql.selectAllWorlds, []),
    listFortunes: () => query(sql.selectFortunes, []),
    listPosts: (limit) => query(sql.selectPosts, [limit]),
    createUser: ({ username, email, age }) =>
      first(sql.insertUser, [username, email, age]).catch(orConflict),
    readUser: (id) => first(sql.selectUser, [id]),
    updateUser: (id, { username, email, age }) =>
      first(sql.updateUser, [id, username, email, age]).catch(orConflict),
    deleteUser: (id) => first(sql.deleteUser, [id]),
    listUsers: (after, limit) => query(sql.selectUsers, [after, limit]),
    createLink: (code, url) => first(sql.insertLink, [code, url]),
    readLink: (code) => first(sql.selectLink, [code]),
    /** @returns undefined where there is no such user */
    createOrder: (userId, totalCents) =>
      transaction(async (query) => {
        const users = await query(sql.lockUser, [userId])
        if (users.length === 0) return undefined
        const [order] = await query(sql.insertOrder, [userId, totalCents])
        return order
      }),
  }
}
