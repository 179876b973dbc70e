/** Servers that do users and links wrongly: the contract names what is wrong. */
import { Client } from 'pg'
import t, { type Test } from 'tap'
import type { FastifyServerOptions } from 'fastify'
import { describeProblem, verify } from '../../../bench/contract.ts'
import { buildApp } from '../../../src/app.ts'
import { compose } from '../../../src/compose.ts'
import type { Database, User } from '../../../src/database.ts'
import { identityOf } from '../../../src/identity.ts'
import { resolveProfile } from '../../../src/profile/resolve.ts'
import { quickStart } from '../../../src/quick-start.ts'
import { ajvOptions } from '../../../src/validation.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'

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
let databases = 0

interface Fault {
  readonly wrap?: (database: Database) => Partial<Database>
  readonly fastify?: FastifyServerOptions
}

async function countRows(databaseUrl: string): Promise<unknown> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query(
    'SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM links) AS links',
  )
  await client.end()
  return rows[0]
}

/** What the contract says of a baseline that is wrong in one way; it knows the database unless told not to. */
async function problemsOf(
  t: Test,
  { wrap = () => ({}), fastify = {} }: Fault,
  { sql = true } = {},
): Promise<{ problems: string[]; rows: unknown }> {
  const databaseUrl = await services.postgres.createDatabase(`fault-${databases++}`)
  const profile = await resolveProfile('baseline')
  const parts = compose(quickStart, [])
  const app = await buildApp(
    {
      ...parts,
      server: { ...parts.server, fastify },
      wrappers: [{ order: 1, wrap: (database) => ({ ...database, ...wrap(database) }) }],
    },
    {
      databaseUrl,
      journal: { write: () => {} },
      ready: () => true,
      identity: identityOf(profile, 1, 'test-run'),
    },
  )
  t.teardown(() => app.close())
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const problems = await verify(url, endpoints, { clock: false, ...(sql && { databaseUrl }) })
  return { problems: problems.map(describeProblem), rows: await countRows(databaseUrl) }
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
  const { problems, rows } = await problemsOf(t, {})
  t.strictSame(problems, [])
  t.strictSame(rows, { users: 1000, links: 1000 }, 'and its tables are as they were')
})
void t.test(
  'without a look into the database it has none either',
  { buffered: true },
  async (t) => {
    const { problems, rows } = await problemsOf(t, {}, { sql: false })
    t.strictSame(problems, [])
    t.match(rows, { users: 1000 }, 'no user is left')
  },
)
for (const [name, [fault, named]] of Object.entries(faults))
  void t.test(name, { buffered: true }, async (t) => {
    const { problems } = await problemsOf(t, fault)
    t.ok(
      problems.some((problem) => named.test(problem)),
      `${String(named)} among ${JSON.stringify(problems.slice(0, 10))}`,
    )
  })
