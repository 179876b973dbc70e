import t from 'tap'
import { renderText } from '../../../bench/report/text.ts'
import { derive } from '../../../bench/result/derive.ts'
import { usableCores } from '../../../bench/result/usable-cores.ts'
import type { Raw } from '../../../bench/results.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'
import { fakeContender, fakeRaw, fakeWindows, type Truth } from './fixtures/fake-run.ts'

const drift = 1.2
/** A contender that keeps a share of one core busy: drift raises capacity by 1, 1.2 and 1.4, so 1.2 at most on average. */
const busy = (contender: string, share: number, more: Partial<Truth> = {}): Truth => ({
  contender,
  workload: 'json',
  capacity: 20_000,
  costNs: ((share / 20_000) * 1e9) / drift,
  ...more,
})

const withCores = (truths: readonly Truth[], contenderCores = 1): Raw => {
  const raw = fakeRaw(fakeWindows(truths))
  return { ...raw, design: { ...raw.design, contenderCores } }
}

t.test('a server below 90 % of its core is not saturated, and its cost stands', async (t) => {
  const { gates, warnings, comparisons } = derive(
    withCores([busy('baseline', 1), busy('tuned', 0.5)]),
  )
  const saturated = gates.filter(({ name }) => name === 'saturated')
  t.match(saturated, [
    { contender: 'baseline', ok: true, limit: 0.9 },
    { contender: 'tuned', ok: false, limit: 0.9 },
  ])
  t.same(
    warnings.filter(({ code }) => code === 'NOT_SATURATED').map(({ contender }) => contender),
    ['tuned'],
  )
  const of = (metric: string) => comparisons.find((each) => each.metric === metric)
  t.equal(of('capacity')?.notSaturated, true)
  t.equal(of('cost')?.notSaturated, undefined)
})

t.test(
  'where the database takes part it may be on the same core, so nothing is claimed',
  async (t) => {
    const raw = withCores([busy('baseline', 0.5)])
    const derived = (database: boolean) => {
      const workloads = raw.design.workloads.map((each) => ({ ...each, database }))
      return derive({ ...raw, design: { ...raw.design, workloads } })
    }
    const names = ({ gates }: ReturnType<typeof derive>) => gates.map(({ name }) => name)
    t.ok(names(derived(false)).includes('saturated'))
    t.notOk(names(derived(true)).includes('saturated'))
    t.ok(names(derived(true)).includes('busiest'))
    const messages = derived(false).warnings.map(({ message }) => message)
    t.match(messages, [/waited for requests \(contender [\d.]+ cores, generator/])
  },
)

t.test('where the generator was the limit it is named, not the connections', async (t) => {
  const { warnings } = derive(withCores([busy('baseline', 0.5, { generatorShare: 0.95 })]))
  t.same(
    warnings.map(({ code }) => code),
    ['GENERATOR_BOUND'],
  )
})

t.test('the cores that a contender can use', async (t) => {
  const design = (contenderCores?: number): Raw['design'] => {
    const { contenderCores: _none, ...rest } = fakeResult().design
    return contenderCores === undefined ? rest : { ...rest, contenderCores }
  }
  const profile = { kind: 'profile', toggles: {} } as const
  t.equal(usableCores(design(4), profile), 1, 'one thread answers')
  t.equal(usableCores(design(4), { ...profile, toggles: { workers: { count: 4 } } }), 4)
  t.equal(usableCores(design(4), { kind: 'peer', toggles: {} }), 4, 'it may use all')
  t.equal(usableCores(design(4), { kind: 'url', toggles: {} }), undefined, 'it was put elsewhere')
  t.equal(usableCores(design(), profile), undefined, 'shared with the generator')
})

t.test('without cores of its own nothing is claimed', async (t) => {
  const { gates, comparisons } = derive(
    fakeRaw(fakeWindows([busy('baseline', 0.2), busy('tuned', 0.2)])),
  )
  t.notOk(gates.some(({ name }) => name === 'saturated'))
  t.notOk(comparisons.some(({ notSaturated }) => notSaturated))
})

t.test('where the database may be the limit the busiest is named', async (t) => {
  const truth: Truth = {
    contender: 'baseline',
    workload: 'queries',
    capacity: 1_000,
    costNs: 400_000,
    databaseCostNs: 900_000,
    generatorShare: 0.1,
  }
  const { gates } = derive(withCores([truth]))
  const busiest = gates.find(({ name }) => name === 'busiest')
  t.match(busiest?.detail, /^database 1\.\d\d cores, contender 0\.\d\d, generator 0\.10$/)
  t.equal(busiest?.ok, true)
  const unknown = withCores([{ ...truth, costNs: null }])
  t.match(
    derive(unknown).gates.find(({ name }) => name === 'busiest')?.detail,
    /^database .*, contender unknown$/,
  )
})

t.test('the report marks what is no capacity', async (t) => {
  const raw = withCores([busy('baseline', 1), busy('tuned', 0.5, { capacity: 25_000 })])
  const text = renderText(
    fakeResult({
      ...raw,
      contenders: [fakeContender('baseline'), fakeContender('tuned')],
    }),
    { colour: false },
  )
  const words = text.replaceAll(/\s+/g, ' ')
  t.match(words, /requests\/s \(not saturated\)/)
  t.match(text, /^ {2}tuned .*\)\* {2}better$/m)
  t.match(words, /saturated [\d.]+ % \(limit 90 %, tuned on json\) FAILED/)
  t.match(words, /\* a side was not saturated/)
})
