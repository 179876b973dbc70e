/** Which rows are kept, and the order of events in which a row that was read may not be. */
import t from 'tap'
import { ConflictError } from '../../../../src/database.ts'
import { keepRows } from '../../../../src/database/wrappers/row-cache.ts'
import { fieldsOf, slowUsers, userOf } from '../fixtures/slow-users.ts'

const open = (max = 10) => slowUsers(keepRows(max))

t.test('a row that was read is not asked for again', async (t) => {
  const { database, calls, asked } = open()
  const first = database.readUser(1)
  calls[0]?.answer()
  const row = await first
  t.strictSame(row, userOf(1, 20))
  t.equal(await database.readUser(1), row, 'the same object')
  t.strictSame(asked(), ['read 1'])
})

t.test('a user who is not there is asked for each time', async (t) => {
  const { database, calls, asked } = open()
  for (const call of [0, 1]) {
    const read = database.readUser(9)
    calls[call]?.answer()
    t.equal(await read, undefined)
  }
  t.strictSame(asked(), ['read 9', 'read 9'])
})

t.test('no more than max rows are kept', async (t) => {
  const { database, calls, asked } = open(1)
  for (const [call, id] of [1, 2, 1].entries()) {
    const read = database.readUser(id)
    calls[call]?.answer()
    await read
  }
  t.strictSame(asked(), ['read 1', 'read 2', 'read 1'])
})

t.test('what was written is kept in place of what was read', async (t) => {
  const { database, calls, asked } = open()
  const read = database.readUser(1)
  calls[0]?.answer()
  await read
  const update = database.updateUser(1, fieldsOf(1, 30))
  calls[1]?.answer()
  const updated = await update
  t.equal(await database.readUser(1), updated)
  t.strictSame(asked(), ['read 1', 'update 1'])
})

t.test('what was removed is gone', async (t) => {
  const { database, calls, asked } = open()
  const read = database.readUser(1)
  calls[0]?.answer()
  await read
  const removal = database.deleteUser(1)
  calls[1]?.answer()
  t.equal(await removal, true)
  const again = database.readUser(1)
  calls[2]?.answer()
  t.equal(await again, undefined)
  t.strictSame(asked(), ['read 1', 'delete 1', 'read 1'])
})

t.test('while a row is written it is asked for, and the other rows are not', async (t) => {
  const { database, calls, asked } = open()
  const reads = [database.readUser(1), database.readUser(2)]
  for (const call of calls) call.answer()
  await Promise.all(reads)
  const update = database.updateUser(1, fieldsOf(1, 30))
  await database.readUser(2)
  const during = database.readUser(1)
  calls[3]?.answer()
  t.match(await during, { age: 20 }, 'the write is not done yet')
  calls[2]?.answer()
  await update
  t.match(await database.readUser(1), { age: 30 })
  t.strictSame(asked(), ['read 1', 'read 2', 'update 1', 'read 1'])
})

for (const write of ['update', 'delete'] as const) {
  const begin = ({ database }: ReturnType<typeof open>) =>
    write === 'update' ? database.updateUser(1, fieldsOf(1, 30)) : database.deleteUser(1)
  const after = write === 'update' ? { age: 30 } : undefined

  t.test(`a read from before ${write} that is answered after it is not kept`, async (t) => {
    const users = open()
    const { database, calls } = users
    const read = database.readUser(1)
    calls[0]?.run()
    const writing = begin(users)
    calls[1]?.answer()
    await writing
    calls[0]?.answer()
    t.match(await read, { age: 20 }, 'whoever asked before may get the old row')
    const later = database.readUser(1)
    calls[2]?.answer()
    t.match(await later, after)
  })

  t.test(`a read from before ${write} that is answered during it is not kept`, async (t) => {
    const users = open()
    const { database, calls } = users
    const read = database.readUser(1)
    const writing = begin(users)
    calls[0]?.answer()
    t.match(await read, { age: 20 })
    calls[1]?.answer()
    await writing
    const later = database.readUser(1)
    calls[2]?.answer()
    t.match(await later, after)
  })

  t.test(`a read from during ${write} that is answered after it is not kept`, async (t) => {
    const users = open()
    const { database, calls } = users
    const writing = begin(users)
    const read = database.readUser(1)
    calls[1]?.run()
    calls[0]?.answer()
    await writing
    calls[1]?.answer()
    t.match(await read, { age: 20 })
    const later = database.readUser(1)
    calls[2]?.answer()
    t.match(await later, after)
  })
}

t.test('a read that another one outlives is not forgotten by it', async (t) => {
  const { database, calls, asked } = open()
  const old = database.readUser(1)
  calls[0]?.run()
  const update = database.updateUser(1, fieldsOf(1, 30))
  calls[1]?.answer()
  await update
  const removal = database.deleteUser(2)
  calls[2]?.answer()
  await removal
  calls[0]?.answer()
  await old
  t.match(await database.readUser(1), { age: 30 }, 'what the write left is still kept')
  t.strictSame(asked(), ['read 1', 'update 1', 'delete 2'])
})

t.test('of writes that overlap none knows which was last, so the row is read again', async (t) => {
  for (const answers of [
    [0, 1],
    [1, 0],
  ]) {
    const { database, calls, asked } = open()
    const updates = [30, 40].map((age) => database.updateUser(1, fieldsOf(1, age)))
    calls[1]?.run()
    calls[0]?.run()
    for (const call of answers) calls[call]?.answer()
    await Promise.all(updates)
    const read = database.readUser(1)
    calls[2]?.answer()
    t.match(await read, { age: 30 })
    t.match(await database.readUser(1), { age: 30 })
    t.strictSame(asked(), ['update 1', 'update 1', 'read 1'])
  }
})

const withoutEffect: Record<string, Error> = {
  'a name that is taken': new ConflictError('taken'),
  'an error of the statement': Object.assign(new Error('deadlock'), {
    severity: 'ERROR',
    code: '40P01',
  }),
  'a server that is not there': Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
}
for (const [what, error] of Object.entries(withoutEffect))
  t.test(`after ${what} the row is as it was, and kept again`, async (t) => {
    const { database, calls, asked } = open()
    const update = database.updateUser(1, fieldsOf(1, 30))
    calls[0]?.fail(error)
    await t.rejects(update, { message: error.message })
    const read = database.readUser(1)
    calls[1]?.answer()
    await read
    t.match(await database.readUser(1), { age: 20 })
    t.strictSame(asked(), ['update 1', 'read 1'])
  })

const unknownFates: Record<string, Error> = {
  'without a word': new Error('connection lost'),
  'by a reset': Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
  'as the server shuts down': Object.assign(new Error('shutdown'), {
    severity: 'FATAL',
    code: '57P01',
  }),
}
for (const [how, error] of Object.entries(unknownFates))
  t.test(
    `a row whose write is lost ${how} is not kept: it may still be written at any time`,
    async (t) => {
      const { database, calls, asked } = open()
      const update = database.updateUser(1, fieldsOf(1, 30))
      calls[0]?.fail(error)
      await t.rejects(update, { message: error.message })
      const early = database.readUser(1)
      calls[1]?.answer()
      t.match(await early, { age: 20 })
      calls[0]?.run()
      const late = database.readUser(1)
      calls[2]?.answer()
      t.match(await late, { age: 30 })
      t.strictSame(asked(), ['update 1', 'read 1', 'read 1'])
    },
  )

t.test('a read that fails is not kept', async (t) => {
  const { database, calls, asked } = open()
  const read = database.readUser(1)
  calls[0]?.fail(new Error('connection lost'))
  await t.rejects(read, { message: 'connection lost' })
  const again = database.readUser(1)
  calls[1]?.answer()
  t.match(await again, { age: 20 })
  t.strictSame(asked(), ['read 1', 'read 1'])
})
