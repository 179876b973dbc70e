import t from 'tap'
import { cpuAnswers } from '../../../bench/contract/cpu.ts'
import { json, problemsOf } from './fixture-server.ts'

/** Steps of every start up to `most`, each found from a smaller one: another way than the one under test. */
function allSteps(most: number): Uint16Array {
  const steps = new Uint16Array(most + 1)
  for (let start = 2; start <= most; start++) {
    let value = BigInt(start)
    let taken = 0
    while (value >= start) {
      value = value & 1n ? 3n * value + 1n : value >> 1n
      taken++
    }
    steps[start] = taken + (steps[Number(value)] ?? 0)
  }
  return steps
}

t.test('the golden answers are right', async (t) => {
  const steps = allSteps(100_000)
  for (const { n, start, steps: wanted } of cpuAnswers) {
    const first = steps.subarray(0, n + 1)
    t.equal(Math.max(...first), wanted, `n=${n}: steps`)
    t.equal(n === 1 ? 1 : first.indexOf(wanted), start, `n=${n}: the first start with them`)
  }
})

const [byDefault] = cpuAnswers

t.test('each planted fault is named', async (t) => {
  const found = async (answer: (url: URL) => unknown): Promise<string> =>
    (await problemsOf({ '/cpu': json(answer) }, ['cpu'], { clock: false })).join('\n')
  t.match(
    await found((url) => cpuAnswers.find(({ n }) => String(n) === url.searchParams.get('n'))),
    /GET \/cpu: expected .*"n":1000/,
  )
  t.match(await found(() => byDefault), /n=10: expected .*found n 1000/)
  t.match(await found(() => ({ ...byDefault, start: 937 })), /n=1000: expected .*found start 937/)
  t.match(await found(() => ({ ...byDefault, steps: '178' })), /found steps "178"/)
  t.match(await found(() => ({ n: 1000, start: 871 })), /found no key "steps"/)
})
