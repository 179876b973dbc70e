/** The workloads of users and links, played against our own server: no answer fails its check. */
import { Client } from 'pg'
import t from 'tap'
import { Generator } from '../../../bench/engines/built-in/generator.ts'
import { seededUser } from '../../../bench/data/users.ts'
import type { Step } from '../../../bench/workload.ts'
import { loadWorkload } from '../../../bench/workloads/by-name.ts'
import { startApp } from '../../helpers/start-app.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'

const names = ['users-create', 'users-invalid', 'users-crud', 'links', 'hot-key']
const specs = ['baseline', 'baseline+row-cache+payload-cache+single-flight+response-schema']
const minRequests = 1200

const services = await openTestPostgres(t)

for (const spec of specs)
  t.test(spec, async (t) => {
    const databaseUrl = await services.postgres.createDatabase(spec)
    const { url } = await startApp(t, spec, databaseUrl)
    const client = new Client({ connectionString: databaseUrl })
    await client.connect()
    t.teardown(() => client.end())
    const count = async (table: 'users' | 'links'): Promise<number> =>
      (await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]
        ?.count ?? 0
    const generator = new Generator([{ id: 'a', url }], 5, { loadWorkload, tag: 'test' })
    t.teardown(() => generator.close())

    for (const workload of names) {
      const before = await count('users')
      const { requests, errors, firstError } = await generator.window({
        arm: 'a',
        workload,
        connections: 8,
        durationMs: 20,
        minRequests,
      })
      t.equal(firstError, undefined, `${workload}: no answer is wrong`)
      t.strictSame(errors, { status: 0, body: 0, socket: 0, timeout: 0 })
      t.ok(requests >= minRequests)
      const made = (await count('users')) - before
      // A script that the end of a window cuts off leaves its user: one for each connection at most.
      if (workload === 'users-create') t.equal(made, requests, 'one row for each request')
      else t.ok(made >= 0 && made <= 8, `${made} users more`)
    }
    t.ok((await count('links')) > 1000, 'links were made')
    const { rows } = await client.query(
      'SELECT id, username, email, age, created_at AS "createdAt" FROM users WHERE id <= 1000 ORDER BY id',
    )
    t.strictSame(
      JSON.parse(JSON.stringify(rows)),
      rows.map((_, index) => seededUser(index + 1)),
      'the seeded users are as they were',
    )
  })

const pathsOf = (steps: readonly Step[]): string[] =>
  steps.map((step) => ('request' in step ? step.request.path : 'script'))

t.test('few keys are asked for most of the time, others by another seed', async (t) => {
  const workload = await loadWorkload('hot-key')
  const counts = (seed: number): [path: string, count: number][] => {
    const found = new Map<string, number>()
    for (const path of pathsOf(workload.steps(seed))) found.set(path, (found.get(path) ?? 0) + 1)
    return [...found].toSorted(([, a], [, b]) => b - a)
  }
  const [first = ['', 0], second = ['', 0]] = counts(1)
  const total = workload.steps(1).length
  // 1/n of 1,000 sums up to 7.485, so the first has 13.4 % and the second half of that.
  t.ok(Math.abs(first[1] / total - 0.134) < 0.03, `${first[1]} of ${total}`)
  t.ok(Math.abs(second[1] / total - 0.067) < 0.02, `${second[1]} of ${total}`)
  t.ok(counts(1).length > 300, 'and many keys now and then')
  t.not(counts(2)[0]?.[0], first[0])
})

t.test('the mixes are what they say', async (t) => {
  const crud = pathsOf((await loadWorkload('users-crud')).steps(3))
  const share = (pattern: RegExp): number =>
    crud.filter((path) => pattern.test(path)).length / crud.length
  t.strictSame([share(/^\/users\/\d+$/), share(/\?after/), share(/script/)], [0.8, 0.15, 0.05])
  const links = pathsOf((await loadWorkload('links')).steps(3))
  t.equal(links.filter((path) => path === 'script').length / links.length, 1 / 9)
})
