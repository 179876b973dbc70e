/** Single requests about users with the answer that each must get, for workloads. */
import { seededUser } from '../../data/users.ts'
import type { Ask, Request } from '../../workload.ts'
import { seededUsersProblem } from '../users-list.ts'
import { withJson } from './bodies.ts'
import { userBodyProblem, type UserFields } from './users.ts'

const fieldsOf = (id: number): UserFields => {
  const { username, email, age } = seededUser(id)
  return { username, email, age }
}

/** @param deterministic whether the request is sent again and again and always answered the same */
const answered = (
  request: Request,
  wanted: Parameters<typeof userBodyProblem>[1],
  deterministic: boolean,
): Ask => ({
  request,
  expect: { status: 200, check: (body) => userBodyProblem(body, wanted), deterministic },
})

const get = (id: number): Request => ({ method: 'GET', path: `/users/${id}` })

/** Reads the user that row `id` is seeded with. */
export const seededRead = (id: number): Ask => answered(get(id), seededUser(id), true)

/** Writes a seeded user as it is: a real update that leaves every other answer right. */
export const seededUpdate = (id: number): Ask =>
  answered(withJson('PUT', `/users/${id}`, fieldsOf(id)), seededUser(id), true)

/** Reads a user that was made or changed. */
export const readUser = (id: number, fields: UserFields): Ask =>
  answered(get(id), { id, ...fields }, false)

/** Changes a user. */
export const updatedUser = (id: number, fields: UserFields): Ask =>
  answered(withJson('PUT', `/users/${id}`, fields), { id, ...fields }, false)

/** Lists `limit` seeded users after this id. */
export const seededPage = (after: number, limit: number): Ask => ({
  request: { method: 'GET', path: `/users?after=${after}&limit=${limit}` },
  expect: {
    status: 200,
    check: (body) => seededUsersProblem(body, after, limit),
    deterministic: true,
  },
})

/** Makes a user. */
export const createdUser = (fields: UserFields): Ask => ({
  request: withJson('POST', '/users', fields),
  expect: {
    status: 201,
    check: (body) => userBodyProblem(body, fields),
    headers: { location: /^\/users\/\d+$/ },
  },
})

/** Removes a user. */
export const deletedUser = (id: number): Ask => ({
  request: { method: 'DELETE', path: `/users/${id}` },
  expect: { status: 204 },
})
