/** The quick start's way to do each operation: one statement after the other on one connection. */
import type { Connections, MakeOperation, Operations, Post, Session, World } from '../database.ts'
import { selectPosts, selectWorld } from './statements.ts'

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
  session.query<World>(selectWorld, [id]).then(only)

export const sequentialOperations: OperationMakers = {
  readWorld: (connections) => (id) => readWorld(connections, id),
  readWorlds: (connections) => (ids) =>
    connections.withSession(async (session) => {
      const rows: World[] = []
      for (const id of ids) rows.push(only(await session.query<World>(selectWorld, [id])))
      return rows
    }),
  listPosts: (connections: Connections) => (limit) => connections.query<Post>(selectPosts, [limit]),
}
