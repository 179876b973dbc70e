/** Who shares a query with whom. */
import t from 'tap'
import { shareReads } from '../../../../src/database/wrappers/single-flight.ts'
import { fieldsOf, slowUsers } from '../fixtures/slow-users.ts'

const open = () => slowUsers(shareReads)

t.test('reads of one row at the same time are one query, and later ones another', async (t) => {
  const { database, calls, asked } = open()
  const reads = [1, 2, 1, 1].map((id) => database.readUser(id))
  t.strictSame(asked(), ['read 1', 'read 2'])
  for (const call of calls) call.answer()
  const [one, two, ...others] = await Promise.all(reads)
  t.match([one, two], [{ id: 1 }, { id: 2 }])
  for (const other of others) t.equal(other, one)
  void database.readUser(1)
  t.strictSame(asked(), ['read 1', 'read 2', 'read 1'])
})

t.test('a query that fails, fails all that share it and nobody else', async (t) => {
  const { database, calls } = open()
  const reads = [database.readUser(1), database.readUser(1)]
  calls[0]?.fail(new Error('connection lost'))
  for (const read of reads) await t.rejects(read, { message: 'connection lost' })
  const later = database.readUser(1)
  calls[1]?.answer()
  t.match(await later, { age: 20 })
})

for (const write of ['update', 'delete'] as const)
  t.test(`nobody joins a read from before the ${write} that was answered`, async (t) => {
    const { database, calls, asked } = open()
    const writing =
      write === 'update' ? database.updateUser(1, fieldsOf(1, 30)) : database.deleteUser(1)
    const during = [database.readUser(1), database.readUser(1)]
    calls[1]?.run()
    calls[0]?.answer()
    await writing
    const later = database.readUser(1)
    t.strictSame(asked(), [`${write} 1`, 'read 1', 'read 1'])
    calls[2]?.answer()
    t.match(await later, write === 'update' ? { age: 30 } : undefined)
    const latest = database.readUser(1)
    calls[1]?.answer()
    for (const read of during) t.match(await read, { age: 20 })
    calls[3]?.answer()
    await latest
    t.equal(calls.length, 4, 'the end of the old read ends no newer one')
  })

t.test('nobody joins a read from before a write that has begun', async (t) => {
  const { database, asked } = open()
  void database.readUser(1)
  void database.updateUser(1, fieldsOf(1, 30))
  void database.readUser(1)
  void database.readUser(1)
  t.strictSame(asked(), ['read 1', 'update 1', 'read 1'])
})

t.test('a write that fails may have been done, so it ends the sharing too', async (t) => {
  const { database, calls } = open()
  const update = database.updateUser(1, fieldsOf(1, 30))
  void database.readUser(1)
  calls[1]?.run()
  calls[0]?.run()
  calls[0]?.fail(new Error('connection lost'))
  await t.rejects(update, { message: 'connection lost' })
  const later = database.readUser(1)
  calls[2]?.answer()
  t.match(await later, { age: 30 })
})

t.test('whoever has made a user joins no read from before', async (t) => {
  const { database, calls } = open()
  const early = database.readUser(3)
  calls[0]?.run()
  const creation = database.createUser(fieldsOf(3, 30))
  calls[1]?.answer()
  t.match(await creation, { id: 3 })
  const later = database.readUser(3)
  calls[2]?.answer()
  t.match(await later, { age: 30 })
  calls[0]?.answer()
  t.equal(await early, undefined)
})
