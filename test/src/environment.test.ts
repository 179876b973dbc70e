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
