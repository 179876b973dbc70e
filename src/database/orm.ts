/** The operations by Drizzle, which is loaded when the server boots. */
import type { MakeOperation, Operations } from '../database.ts'
import type { OperationMakers } from './operations.ts'

const byOrm =
  <K extends keyof Operations>(name: K): MakeOperation<K> =>
  async (connections) =>
    (await import('./orm/operations.ts')).openOrm(connections)[name]

export const ormOperations: OperationMakers = {
  readWorld: byOrm('readWorld'),
  readWorlds: byOrm('readWorlds'),
  listWorlds: byOrm('listWorlds'),
  updateWorlds: byOrm('updateWorlds'),
  listFortunes: byOrm('listFortunes'),
  listPosts: byOrm('listPosts'),
  createUser: byOrm('createUser'),
  readUser: byOrm('readUser'),
  updateUser: byOrm('updateUser'),
  deleteUser: byOrm('deleteUser'),
  listUsers: byOrm('listUsers'),
  createLink: byOrm('createLink'),
  readLink: byOrm('readLink'),
  createOrder: byOrm('createOrder'),
}
