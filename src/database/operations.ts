/** The quick start's way to do each operation: one statement after the other on one connection. */
import {
  ConflictError,
  type Fortune,
  type MakeOperation,
  type Operations,
  type Order,
  type Post,
  type Session,
  type User,
  type World,
} from '../database.ts'
import { codeOf } from './failure.ts'
import * as statements from './statements.ts'

/** A maker for every operation. */
export type OperationMakers = { readonly [K in keyof Operations]: MakeOperation<K> }

const only = (rows: readonly World[]): World => {
  const [row] = rows
  if (row === undefined) throw new Error('table world lacks a row that it should always hold')
  return row
}

/**
 * Reads one row of `world`.
 * @throws Error when no row has the id: the table always holds 1…10000, so that is a server fault
 */
export const readWorld = (session: Session, id: number): Promise<World> =>
  session.query<World>(statements.selectWorld, [id]).then(only)

/** What PostgreSQL calls a value that a unique index already holds; drivers keep its code. */
const uniqueViolation = '23505'

/** Says that a value is taken as the endpoints know it. */
export function orConflict(error: unknown): never {
  if (codeOf(error) === uniqueViolation)
    throw new ConflictError('username or email is taken', { cause: error })
  throw error
}

const first = <Row>(rows: readonly Row[]): Row | undefined => rows[0]

export const sequentialOperations: OperationMakers = {
  readWorld: (connections) => (id) => readWorld(connections, id),
  readWorlds: (connections) => (ids) =>
    connections.withSession(async (session) => {
      const rows: World[] = []
      for (const id of ids)
        rows.push(only(await session.query<World>(statements.selectWorld, [id])))
      return rows
    }),
  listWorlds: (connections) => () => connections.query<World>(statements.selectAllWorlds, []),
  updateWorlds: (connections) => (worlds) =>
    connections.withSession(async (session) => {
      for (const { id, randomNumber } of worlds)
        await session.query(statements.updateWorld, [id, randomNumber])
    }),
  listFortunes: (connections) => () => connections.query<Fortune>(statements.selectFortunes, []),
  listPosts: (connections) => (limit) => connections.query<Post>(statements.selectPosts, [limit]),
  createUser:
    (connections) =>
    async ({ username, email, age }) => {
      const [user] = await connections
        .query<User>(statements.insertUser, [username, email, age])
        .catch(orConflict)
      if (user === undefined) throw new Error('INSERT … RETURNING gave no row')
      return user
    },
  readUser: (connections) => (id) =>
    connections.query<User>(statements.selectUser, [id]).then(first),
  updateUser:
    (connections) =>
    (id, { username, email, age }) =>
      connections
        .query<User>(statements.updateUser, [id, username, email, age])
        .then(first, orConflict),
  deleteUser: (connections) => (id) =>
    connections.query(statements.deleteUser, [id]).then(({ length }) => length === 1),
  listUsers: (connections) => (after, limit) =>
    connections.query<User>(statements.selectUsers, [after, limit]),
  createLink: (connections) => (code, url) =>
    connections.query(statements.insertLink, [code, url]).then(({ length }) => length === 1),
  readLink: (connections) => (code) =>
    connections.query<{ url: string }>(statements.selectLink, [code]).then((rows) => rows[0]?.url),
  createOrder: (connections) => (userId, totalCents) =>
    connections.transaction(async (session) => {
      const users = await session.query(statements.lockUser, [userId])
      if (users.length === 0) return undefined
      return first(await session.query<Order>(statements.insertOrder, [userId, totalCents]))
    }),
}
