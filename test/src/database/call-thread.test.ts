import t from 'tap'
import { CallThread } from '../../../src/database/blocking/call-thread.ts'

const statement = { name: 'test', text: 'SELECT 1' }

t.test('who is woken too early waits on, and gets the answer to its own call', async (t) => {
  const entry = new URL('fixtures/waking-thread.ts', import.meta.url)
  const thread = new CallThread(entry, {
    url: 'postgres://nobody@127.0.0.1:1/none',
    prepare: false,
  })
  t.teardown(() => thread.close())
  await thread.ready()
  for (let value = 1; value <= 20; value++)
    t.strictSame(thread.call({ statement, values: [value], goesOn: false }, 10_000), [value])
})
