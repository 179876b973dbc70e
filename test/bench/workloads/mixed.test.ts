import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import t from 'tap'
import { loadWorkload, mixMembers } from '../../../bench/workloads/by-name.ts'
import { interleave } from '../../../bench/workloads/mixed/mix.ts'
import type { Step } from '../../../bench/workload.ts'

const folder = mkdtempSync(join(tmpdir(), 'gapwise-mix-'))
const written = (content: unknown, name = 'mix.json'): string => {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const mix = (weights: Record<string, unknown>) => written({ description: 'A mix.', weights })

const ask = (path: string): Step => ({ request: { method: 'GET', path }, expect: { status: 200 } })
const stream = (name: string, length: number): Step[] =>
  Array.from({ length }, (_, index) => ask(`/${name}/${index}`))
const paths = (steps: readonly Step[]): string[] =>
  steps.map((step) => ('request' in step ? step.request.path : 'script'))

t.test('every stretch of a mix has each workload by its weight', async (t) => {
  const parts = [
    { weight: 5, steps: stream('a', 1) },
    { weight: 3, steps: stream('b', 7) },
    { weight: 1, steps: stream('c', 40) },
  ]
  const mixed = paths(interleave(parts, 7))
  t.equal(mixed.length, 40 * 9, 'long enough for the longest stream')
  const only = (name: string, of = mixed) => of.filter((path) => path.startsWith(`/${name}/`))
  for (let from = 0; from < mixed.length; from += 9) {
    const stretch = mixed.slice(from, from + 9)
    t.strictSame(
      ['a', 'b', 'c'].map((name) => only(name, stretch).length),
      [5, 3, 1],
    )
  }
  t.strictSame(
    only('b'),
    Array.from({ length: 120 }, (_, index) => `/b/${index % 7}`),
    'each stream keeps its order and begins anew at its end',
  )
  t.strictSame(only('c'), paths(stream('c', 40)))
  t.strictSame(paths(interleave(parts, 7)), mixed, 'the same seed gives the same stream')
  t.strictNotSame(paths(interleave(parts, 8)), mixed)
  t.not(new Set(mixed.slice(0, 18)).size, 1)
})

t.test('a script is one step, and steps are not copied', async (t) => {
  const script: Step = { *script() {} }
  const steps = stream('a', 1)
  const mixed = interleave(
    [
      { weight: 2, steps },
      { weight: 1, steps: [script] },
    ],
    1,
  )
  t.equal(mixed.length, 3)
  t.equal(mixed.filter((step) => step === script).length, 1)
  t.equal(mixed.filter((step) => step === steps[0]).length, 2)
})

t.test('very long streams make no endless cycle', async (t) => {
  const parts = [
    { weight: 1000, steps: stream('a', 1) },
    { weight: 1, steps: stream('b', 10_000) },
  ]
  t.ok(interleave(parts, 1).length <= 65_536)
})

t.test('a file of the user is a workload under its path', async (t) => {
  const file = mix({ json: 2, queries: 1 })
  const workload = await loadWorkload(file)
  t.match(workload, {
    name: file,
    summary: 'A mix.',
    endpoints: ['json', 'queries'],
    bottleneck: 'database',
  })
  t.strictSame(paths(workload.steps(1)).toSorted(), ['/json', '/json', '/queries?queries=20'])
  t.equal((await loadWorkload(mix({ json: 1, plaintext: 1 }))).bottleneck, 'server')
  const near = relative('.', file)
  t.equal((await loadWorkload(near)).name, near, 'as given')
  const noted = { $schema: './mix.schema.json', description: 'A mix.', weights: { json: 1 } }
  t.equal((await loadWorkload(written(noted))).summary, 'A mix.')
})

t.test(
  'what a mix owes the database is what its members owe, by their shares of all requests',
  async (t) => {
    t.equal((await loadWorkload(mix({ json: 1, plaintext: 3 }))).truth, undefined)
    t.strictSame((await loadWorkload(mix({ json: 3, queries: 1 }))).truth, [
      { table: 'world', counter: 'read', perRequest: 20, share: 0.25 },
    ])
    // One step in 20 of users-crud is a script of four requests, so 20 of its steps are 23 requests.
    t.strictSame((await loadWorkload(mix({ 'users-crud': 20, checkout: 23 }))).truth, [
      { table: 'users', counter: 'inserted', perRequest: 1, share: 0.5 / 23 },
      { table: 'users', counter: 'updated', perRequest: 1, share: 2.5 / 23 },
      { table: 'orders', counter: 'inserted', perRequest: 1, share: 0.5 },
    ])
  },
)

t.test('every error of a mix names the file and the key', async (t) => {
  const rejects = (file: string, code: string, message: RegExp) =>
    t.rejects(loadWorkload(file), { code, failure: 'usage', message }, String(message))
  await rejects(join(folder, 'none.json'), 'UNKNOWN_WORKLOAD', /at .*none\.json, found none/)
  await rejects('no/folder', 'UNKNOWN_WORKLOAD', /at .*no\/folder, found none/)
  await rejects(`${folder}/`, 'UNKNOWN_WORKLOAD', /found none\./)
  await rejects(written('{'), 'BAD_JSON', /mix\.json is not valid JSON/)
  await rejects(written('null'), 'BAD_MIX', /mix\.json: \/: found null/)
  await rejects(written({ weights: { json: 1 } }), 'BAD_MIX', /\/description: found nothing/)
  await rejects(written({ description: 'A.', weights: {} }), 'BAD_MIX', /\/weights: found \{\}/)
  await rejects(
    written({ description: 'A.', weights: { json: 1 }, wieghts: {} }),
    'BAD_MIX',
    /\/wieghts: found/,
  )
  for (const weight of [0, -1, 1.5, 1001, '5', null])
    await rejects(mix({ db: 1, json: weight }), 'BAD_MIX', /mix\.json: \/weights\/json: found/)
  await rejects(
    mix({ json: 1, querys: 1 }),
    'UNKNOWN_WORKLOAD',
    /mix\.json: \/weights\/querys: .*Did you mean "queries"/,
  )
  await rejects(mix({ mixed: 1 }), 'UNKNOWN_WORKLOAD', /"mixed" for a mix/)
  await rejects(mix({ './other.json': 1 }), 'UNKNOWN_WORKLOAD', /"\.\/other\.json" for a mix/)
})

t.test('mixed is the example that is shipped', async (t) => {
  const workload = await loadWorkload('mixed')
  t.equal(workload.name, 'mixed')
  const example = await loadWorkload('bench/workloads/mixed/shop.json')
  t.strictSame(paths(workload.steps(3)), paths(example.steps(3)))
  t.notOk(mixMembers().includes('mixed'))
})
