/** Users in answers, and bodies of users: good ones, bad ones with the fields that are to blame, ids that cannot be. */
import { type User, userRows } from '../../data/users.ts'
import { instantProblem } from './instant.ts'
import { isObject, type JsonObject, keysProblem, parseObject } from './json.ts'

/** What a client says of a user. */
export interface UserFields {
  readonly username: string
  readonly email: string
  readonly age: number
}

const keys = ['id', 'username', 'email', 'age', 'createdAt']
const compared = ['id', 'username', 'email', 'age', 'createdAt'] as const

/** What is wrong with a user, if anything; only the fields of `wanted` are compared. */
export function userProblem(user: unknown, wanted: Partial<User>): string | undefined {
  if (!isObject(user)) return `no object but ${JSON.stringify(user)}`
  const wrongKeys = keysProblem(user, keys)
  if (wrongKeys !== undefined) return wrongKeys
  const { id } = user
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1) return `id ${JSON.stringify(id)}`
  for (const key of compared)
    if (key !== 'createdAt' && wanted[key] !== undefined && user[key] !== wanted[key])
      return `${key} ${JSON.stringify(user[key])} for ${JSON.stringify(wanted[key])}`
  return instantProblem('createdAt', user['createdAt'], wanted.createdAt)
}

/** What is wrong with a body that must hold this user, if anything. */
export function userBodyProblem(body: string, wanted: Partial<User>): string | undefined {
  const user = parseObject(body)
  return typeof user === 'string' ? user : userProblem(user, wanted)
}

/** The id in the answer to a creation that has passed its check. */
export const createdId = (body: string): number => (JSON.parse(body) as { id: number }).id

/** Fields that no other user has: `tag` is unique. */
export const freshUser = (tag: string, age = 36): UserFields => ({
  username: `u-${tag}`,
  email: `u-${tag}@example.com`,
  age,
})

/** Text that is unique among all who look at one database. */
export const uniqueTag = (): string =>
  `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`

/** Ids that no row can have, and one that none has. */
export const impossibleIds = [
  'abc',
  '0',
  '-1',
  '1.5',
  '1e3',
  '2147483648',
  '99999999999999999999',
  '%00',
  String(2 ** 31 - 1),
] as const

/** A good body that is only sent where it must be refused for another reason. */
export const goodUser: UserFields = freshUser('contract')

/** One body that must be refused with 422, and the fields that are to blame. */
export interface BadUser {
  readonly body: string
  readonly fields: readonly string[]
}

const bad = (wrong: JsonObject, ...fields: string[]): BadUser => ({
  body: JSON.stringify({ ...goodUser, ...wrong }),
  fields,
})

const without = (key: keyof UserFields): BadUser => {
  const { [key]: _left, ...rest } = goodUser
  return { body: JSON.stringify(rest), fields: [key] }
}

/**
 * Bodies with wrong fields. Where several are wrong, all are of a kind that every language's validator
 * collects: wrong types and unknown fields stand alone, because some stop at the first.
 */
export const badUsers: readonly BadUser[] = [
  { body: '{}', fields: ['username', 'email', 'age'] },
  without('username'),
  without('email'),
  without('age'),
  bad({ username: 'ab' }, 'username'),
  bad({ username: 'u'.repeat(51) }, 'username'),
  bad({ username: '' }, 'username'),
  bad({ username: 'ada lovelace' }, 'username'),
  bad({ username: 'ada\nlovelace' }, 'username'),
  bad({ username: 'ada\0lovelace' }, 'username'),
  bad({ username: 'adélaïde' }, 'username'),
  bad({ username: '🙂🙂🙂' }, 'username'),
  bad({ username: 12_345 }, 'username'),
  bad({ email: 'ada' }, 'email'),
  bad({ email: 'ada@' }, 'email'),
  bad({ email: '@example.com' }, 'email'),
  bad({ email: 'ada lovelace@example.com' }, 'email'),
  bad({ email: 'ada\0@example.com' }, 'email'),
  bad({ email: `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c.'.repeat(66)}com` }, 'email'),
  bad({ email: null }, 'email'),
  bad({ age: 17 }, 'age'),
  bad({ age: 151 }, 'age'),
  bad({ age: -20 }, 'age'),
  bad({ age: 18.5 }, 'age'),
  bad({ age: '36' }, 'age'),
  bad({ age: true }, 'age'),
  bad({ age: null }, 'age'),
  bad({ admin: true }, 'admin'),
  bad({ id: userRows + 1 }, 'id'),
  bad({ username: 'a', email: 'b', age: 1 }, 'username', 'email', 'age'),
  bad({ username: 'a', age: 200 }, 'username', 'age'),
]
