import t from 'tap'
import { readEnvironment } from '../../src/environment.ts'

t.test('defaults fill what is missing and numbers are parsed', async (t) => {
  t.same(readEnvironment({ DATABASE_URL: 'postgres://h/d', PORT: '8080', HOME: '/x' }), {
    DATABASE_URL: 'postgres://h/d',
    PORT: 8080,
    HOST: '127.0.0.1',
    GAPWISE_RUN_ID: '',
  })
})

t.test('a wrong variable is refused by name, and the database URL is never printed', async (t) => {
  t.throws(() => readEnvironment({}), {
    code: 'BAD_ENVIRONMENT',
    message: /DATABASE_URL.*npm start/,
  })
  t.throws(() => readEnvironment({ DATABASE_URL: 'postgres://h/d', PORT: 'x' }), {
    code: 'BAD_ENVIRONMENT',
    message: /PORT.*"x"/,
  })
  try {
    readEnvironment({ DATABASE_URL: 'mysql://me:secret@h/d' })
    t.fail('accepted a foreign scheme')
  } catch (error) {
    t.notMatch(String(error), /secret/)
  }
})

t.test('what only some profiles use may be absent, and a wrong one is refused', async (t) => {
  const database = { DATABASE_URL: 'postgres://h/d' }
  const given = {
    UPSTREAM_URL: 'http://127.0.0.1:4000',
    JWT_SECRET: 'x'.repeat(32),
    DATABASE_SOCKET: '/run/postgres',
  }
  t.match(readEnvironment({ ...database, ...given }), given)
  for (const [name, value] of [
    ['UPSTREAM_URL', 'https://h:1'],
    ['UPSTREAM_URL', 'http://h:1/path'],
    ['DATABASE_SOCKET', 'run'],
  ] as const)
    t.throws(() => readEnvironment({ ...database, [name]: value }), {
      code: 'BAD_ENVIRONMENT',
      message: `Environment variable ${name}`,
    })
  try {
    readEnvironment({ ...database, JWT_SECRET: 'short' })
    t.fail('accepted a secret of 40 bits')
  } catch (error) {
    t.match(String(error), /JWT_SECRET.*32/)
    t.notMatch(String(error), /short/, 'a secret is never printed')
  }
})
