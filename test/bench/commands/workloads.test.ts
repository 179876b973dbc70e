/** `gapwise workloads`: driven by the folder. */
import t from 'tap'
import type { WorkloadFacts } from '../../../bench/catalogue.ts'
import { loadWorkload, workloadNames } from '../../../bench/workloads/by-name.ts'
import { runMain } from '../../helpers/run-main.ts'

t.test('the list has every workload', async (t) => {
  const { code, out, err } = await runMain(['workloads'])
  t.equal(code, 0)
  t.equal(err, '')
  for (const name of workloadNames()) t.match(out, new RegExp(`^${name} {2,}\\S`, 'm'), name)
  const lines = out.match(/^ +endpoints: [a-z]/gm)
  t.equal(lines?.length, workloadNames().length)
  t.match(out, /; bottleneck: (?:server|database); judged by /)
  t.ok(out.split('\n').every((line) => line.length <= 100))
})

t.test('the list as data', async (t) => {
  const { code, out, err } = await runMain(['workloads', '--json'])
  t.equal(code, 0)
  t.equal(err, '')
  const all = JSON.parse(out) as WorkloadFacts[]
  t.strictSame(
    all.map(({ name }) => name),
    workloadNames(),
  )
  for (const { name, summary, endpoints, bottleneck } of all) {
    const workload = await loadWorkload(name)
    t.strictSame(
      { summary, endpoints, bottleneck },
      {
        summary: workload.summary,
        endpoints: workload.endpoints,
        bottleneck: workload.bottleneck,
      },
      name,
    )
  }
  t.match(
    all,
    all.map(({ endpoints }) => (endpoints.includes('db') ? { metric: 'stackCost' } : {})),
  )
})

t.test('it takes no name', async (t) => {
  const { code, err } = await runMain(['workloads', 'json'])
  t.equal(code, 2)
  t.match(err, /^EXCESS_ARGUMENTS: /)
})
