/** Servers that do users and links wrongly behind right answers: the contract names what is wrong. */
import t from 'tap'
import type { FastifyServerOptions } from 'fastify'
import { openDatabase } from '../../../bench/contract/probe/stage.ts'
import type { Database, User } from '../../../src/database.ts'
import { ajvOptions } from '../../../src/validation.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { type Fault, findingsOf, named } from './broken-server.ts'

const endpoints = [
  'users-create',
  'users-read',
  'users-update',
  'users-delete',
  'users-list',
  'links-create',
  'links-follow',
]
const services = await openTestPostgres(t)

async function countRows(databaseUrl: string): Promise<unknown> {
  await using database = await openDatabase(databaseUrl)
  const [row] = await database.sql(
    'SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM links) AS links',
  )
  return row
}

const lenient = (change: object): FastifyServerOptions => ({
  ajv: { customOptions: { ...ajvOptions, ...change } },
})

/** Keeps what it has read once and never hears of a write. */
function forgetful(database: Database): Partial<Database> {
  const kept = new Map<number, User>()
  return {
    readUser: async (id) => {
      const user = kept.get(id) ?? (await database.readUser(id))
      if (user !== undefined) kept.set(id, user)
      return user
    },
  }
}

const faults: Record<string, [fault: Fault, named: RegExp]> = {
  'text that is taken for a number': [
    { fastify: lenient({ coerceTypes: true }) },
    /POST \/users .*"age":"36".*: expected status 422, found (201|409)/,
  ],
  'a field that is dropped without a word': [
    { fastify: lenient({ removeAdditional: true }) },
    /PUT \/users\/2147483647 .*"admin":true.*: expected status 422, found 404/,
  ],
  'only the first wrong field': [
    { fastify: lenient({ allErrors: false }) },
    /POST \/users \{\}: expected a problem document that names .*, found the fields username$/,
  ],
  'a body that a DELETE need not have is missed': [
    {
      app: (app) =>
        app.addHook('onRequest', async ({ method, headers }, reply) => {
          if (method === 'DELETE' && headers['content-type'] !== undefined) reply.code(400).send()
        }),
    },
    /DELETE \/users\/\d{4} \(application\/json, no body\): expected status 204, found 400/,
  ],
  'no limit of the body': [
    { fastify: { bodyLimit: 10_000_000 } },
    /POST \/users .*…: expected status 413, found 422/,
  ],
  'prototypes that are let through': [
    { fastify: { onProtoPoisoning: 'remove' } },
    /POST \/users \{"__proto__".*: expected status 400 or 422, found (201|409)/,
  ],
  'a cache that does not hear of writes': [
    { wrap: forgetful },
    /GET \/users\/\d+: expected the user as it was last written, found username/,
  ],
  'an update that is not written': [
    {
      wrap: (database) => ({
        updateUser: async (id, fields) => {
          const user = await database.readUser(id)
          return user && { ...user, ...fields }
        },
      }),
    },
    /GET \/users\/\d+: expected the user as it was last written/,
  ],
  'a removal that removes nothing': [
    { wrap: () => ({ deleteUser: async () => true }) },
    /GET \/users\/\d+: expected status 404, found 200/,
  ],
  'a removal of more than one': [
    {
      wrap: (database) => ({
        deleteUser: async (id) => {
          await database.deleteUser(id + 1)
          return database.deleteUser(id)
        },
      }),
    },
    /GET \/users\/\d+: expected status 200, found 404/,
  ],
  'pages that begin with the last user of the page before': [
    { wrap: (database) => ({ listUsers: (after, limit) => database.listUsers(after - 1, limit) }) },
    /GET \/users\?after=500: expected the first 20 users after 500, found in user 1 id 500 for 501/,
  ],
  'pages in the wrong order': [
    {
      wrap: (database) => ({
        listUsers: async (after, limit) => (await database.listUsers(after, limit)).toReversed(),
      }),
    },
    /GET \/users\?after=\d+&limit=100: expected ids that grow/,
  ],
  'a name that is taken and given again': [
    {
      wrap: (database) => ({
        createUser: (fields) =>
          database.createUser(fields).catch(() => ({
            id: 5000,
            createdAt: new Date(),
            ...fields,
          })),
      }),
    },
    /POST \/users .*: expected (status 409|one 201 among eight)/,
  ],
  'a name that is taken by an update': [
    {
      wrap: (database) => ({
        updateUser: (id, fields) =>
          database.updateUser(id, fields).catch(() => database.readUser(id)),
      }),
    },
    /PUT \/users\/\d+ .*: expected status 409, found 200/,
  ],
  'what is refused and written all the same': [
    {
      wrap: (database) => ({
        createUser: (fields) =>
          database.createUser(fields).catch(async (error: unknown) => {
            await database.createUser({ ...fields, email: `x-${fields.email}` }).catch(() => {})
            throw error
          }),
      }),
    },
    /POST \/users .*: expected no row for what was refused, found one/,
  ],
  'a number that is too large for the database': [
    { wrap: () => ({ readUser: () => Promise.reject(new Error('out of range')) }) },
    /GET \/users\/2147483647: expected status 404, found 500/,
  ],
  'a link that leads elsewhere': [
    { wrap: () => ({ readLink: async () => 'https://example.org/' }) },
    /GET \/l\/\w{7}: expected location: https:\/\/example.com/,
  ],
  'a link that is forgotten': [
    { wrap: () => ({ createLink: async () => true }) },
    /GET \/l\/\w{7}: expected status 302, found 404/,
  ],
}

t.jobs = 4
void t.test('a right server has no problems', { buffered: true }, async (t) => {
  const { problems, databaseUrl } = await findingsOf(t, services.postgres, endpoints, {})
  t.strictSame(problems, [])
  t.strictSame(
    await countRows(databaseUrl),
    { users: 1000, links: 1000 },
    'and its tables are as they were',
  )
})
void t.test(
  'without a look into the database it has none either',
  { buffered: true },
  async (t) => {
    const blindly = { clock: false, blind: true }
    const { problems, databaseUrl } = await findingsOf(t, services.postgres, endpoints, {}, blindly)
    t.strictSame(problems, [])
    t.match(await countRows(databaseUrl), { users: 1000 }, 'no user is left')
  },
)
for (const [name, [fault, pattern]] of Object.entries(faults))
  void t.test(name, { buffered: true }, async (t) => {
    named(t, await findingsOf(t, services.postgres, endpoints, fault, { clock: false }), pattern)
  })
