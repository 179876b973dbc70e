/** What the gate `database state` makes of what the databases tell. */
import t from 'tap'
import {
  checkpointFault,
  checkpointsBetween,
  databaseStateGate,
  faultsAfter,
  faultsBefore,
} from '../../bench/database-state.ts'

const expected = {
  settings: { autovacuum: 'off', fsync: 'off' },
  rows: { world: 10_000, orders: 0 },
}
const asExpected = { ...expected, strangers: 0 }
const said = (faults: readonly { readonly what: string }[]) => faults.map(({ what }) => what)

t.test('a database that is as it must be has no faults', async (t) => {
  t.same(faultsBefore(asExpected, expected), [])
  t.same(faultsBefore({ ...asExpected, rows: undefined }, expected), [], 'not counted')
  t.same(faultsAfter({ deadlocks: 0, temporaryFiles: 0 }), [])
})

t.test('each difference is named with a cure', async (t) => {
  const settings = { autovacuum: 'off', fsync: 'on' }
  const changed = faultsBefore({ settings, rows: { world: 9_999 }, strangers: 1 }, expected)
  t.same(said(changed), [
    'fsync is on and was off when the run began',
    'world has 9999 rows and was seeded with 10000',
    'orders has no rows and was seeded with 0',
    '1 session of others',
  ])
  t.ok(changed.every(({ cure }) => cure.length > 10))
  const on = { ...expected, settings: { autovacuum: 'on', fsync: 'off' } }
  t.same(
    said(faultsBefore({ ...on, strangers: 0 }, on)),
    ['autovacuum is on, and strikes at random'],
    'alike in all blocks is not enough',
  )
  t.same(said(faultsAfter({ deadlocks: 2, temporaryFiles: 1 })), [
    '2 deadlocks',
    '1 temporary file',
  ])
})

t.test('a checkpoint is told by who asked for it', async (t) => {
  const before = { timed: 3, requested: 5, done: 6 }
  t.equal(checkpointsBetween(before, before), undefined)
  t.same(checkpointsBetween(before, { timed: 3, requested: 6, done: 6 }), {
    timed: 0,
    requested: 1,
  })
  t.same(checkpointsBetween(before, { timed: 4, requested: 5, done: 7 }), {
    timed: 1,
    requested: 0,
  })
  t.same(
    checkpointsBetween(before, { timed: 3, requested: 5, done: 7 }),
    { timed: 1, requested: 0 },
    'begun before',
  )
  t.equal(
    checkpointsBetween(before, { timed: 4, requested: 5, done: 6 }),
    undefined,
    'with nothing to write',
  )
  t.same(
    checkpointsBetween({ timed: 1, requested: 0 }, { timed: 2, requested: 0 }),
    { timed: 1, requested: 0 },
    'before PostgreSQL 18',
  )
  t.match(checkpointFault({ timed: 1, requested: 0 }).cure, 'checkpoint_timeout')
  t.match(checkpointFault({ timed: 0, requested: 1 }).cure, 'max_wal_size')
})

t.test('the gate tells each kind once, with the first place and the cure', async (t) => {
  const trial = { block: 0, workload: 'db', contender: 'a' }
  t.match(databaseStateGate([{ ...trial, faults: [] }]), { ok: true })
  const fault = { what: '2 sessions of others', cure: 'end them' }
  const gate = databaseStateGate([
    { ...trial, faults: [fault] },
    { ...trial, block: 1, faults: [fault] },
    { block: 1, workload: 'db', faults: [{ what: 'a checkpoint', cure: 'wait' }] },
  ])
  t.match(gate, { name: 'database state', ok: false })
  t.equal(
    gate.detail,
    '2 sessions of others (a on db, block 1, and 1 more): end them; a checkpoint (db, block 2): wait',
  )
})
