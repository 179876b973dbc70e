/** What the endpoints of table `world` ask of the database. */
import t from 'tap'
import type { World } from '../../../src/database.ts'
import { connectionsOf } from '../../helpers/fake-driver.ts'
import { build } from '../../helpers/build.ts'

type Log = [name: string, values: readonly unknown[]][]

/** A table of 10,000 rows with the numbers of their ids; `fails` lists statements that fail so often. */
function table(log: Log = [], fails: Record<string, number> = {}) {
  const all = Array.from({ length: 10_000 }, (_, index) => ({
    id: index + 1,
    randomNumber: index + 1,
  }))
  return {
    name: 'table',
    open: async () =>
      connectionsOf({
        query: async <Row>({ name }: { name: string }, values: readonly unknown[]) => {
          log.push([name, values])
          const left = fails[name] ?? 0
          fails[name] = left - 1
          if (left > 0) throw new Error('the database is gone')
          if (name === 'select-all-worlds') return all as Row[]
          return [{ id: values[0], randomNumber: values[0] }] as Row[]
        },
      }),
  }
}

t.test('updates reads each row by itself, then writes it, in order of id', async (t) => {
  const log: Log = []
  const app = await build(t, 'baseline', { driver: table(log) })
  const worlds = (await app.inject('/updates?queries=20')).json<World[]>()
  t.equal(worlds.length, 20)
  t.ok(worlds.every(({ id, randomNumber }) => randomNumber !== id))
  t.same(log, [
    ...worlds.map(({ id }) => ['select-world', [id]]),
    ...worlds.map(({ id, randomNumber }) => ['update-world', [id, randomNumber]]),
  ])
})

t.test('bulk-update reads each row by itself and writes all with one statement', async (t) => {
  const log: Log = []
  const app = await build(t, 'baseline+bulk-update', { driver: table(log) })
  const worlds = (await app.inject('/updates?queries=3')).json<World[]>()
  t.same(log, [
    ...worlds.map(({ id }) => ['select-world', [id]]),
    [
      'update-worlds',
      [
        `{${worlds.map(({ id }) => id).join()}}`,
        `{${worlds.map(({ randomNumber }) => randomNumber).join()}}`,
      ],
    ],
  ])
})

t.test('updates that the database refuses are no success', async (t) => {
  const driver = table([], { 'update-world': 1 })
  const app = await build(t, 'baseline', { driver })
  t.equal((await app.inject('/updates?queries=5')).statusCode, 500)
})

t.test('the cache is filled once, by whoever comes first', async (t) => {
  const log: Log = []
  const app = await build(t, 'baseline', { driver: table(log) })
  const ask = async (count: number) =>
    (await app.inject(`/cached-queries?count=${count}`)).json<World[]>()
  const first = await Promise.all(Array.from({ length: 20 }, () => ask(20)))
  for (const worlds of [...first, await ask(500)])
    t.ok(worlds.every(({ id, randomNumber }) => id === randomNumber))
  t.same(log, [['select-all-worlds', []]])
})

t.test('filling the cache is tried again after a failure', async (t) => {
  const log: Log = []
  const app = await build(t, 'baseline', { driver: table(log, { 'select-all-worlds': 1 }) })
  const statuses = async () =>
    (await Promise.all([app.inject('/cached-queries'), app.inject('/cached-queries')])).map(
      ({ statusCode }) => statusCode,
    )
  t.same(await statuses(), [500, 500])
  t.same(await statuses(), [200, 200])
  t.equal(log.length, 2)
})
