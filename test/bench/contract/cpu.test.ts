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
  t.match(await found(() => ({ ...byDefault, N: 1000 })), /found key "N"/)
})

/** Reads `n` as some server might, and answers right for it. */
const reading = (read: (raw: string) => number) => (url: URL) => {
  const n = read(url.searchParams.get('n') ?? '')
  return cpuAnswers.find((answer) => answer.n === n) ?? { n, start: 1, steps: 0 }
}
const inLimits = (n: number): number => (n >= 1 ? Math.min(100_000, Math.floor(n)) : 1000)

t.test('each way to read n wrong is named', async (t) => {
  const found = async (read: (raw: string) => number): Promise<string> =>
    (await problemsOf({ '/cpu': json(reading(read)) }, ['cpu'], { clock: false })).join('\n')
  t.match(await found((raw) => inLimits(Number.parseInt(raw, 10))), /n=2\.5: .*n=5foo: /s)
  t.match(await found((raw) => inLimits(Number(raw))), /n=2\.5: .*n=1e2: /s)
  t.match(await found((raw) => inLimits(Math.abs(Number(raw)))), /n=-5: expected .*"n":1000/)
  t.match(await found((raw) => (/^\d+$/.test(raw) ? Number(raw) : 1000)), /n=100001: .*n=0: /s)
  t.match(
    await found((raw) => inLimits(/^\d+$/.test(raw) ? Math.min(Number(raw) | 0) : 0)),
    /n=10{30}: /,
    'a number that overflows',
  )
  const last = (url: URL) => {
    const answer = cpuAnswers.find(({ n }) => String(n) === url.searchParams.get('n'))
    return answer?.n === 19 ? { ...answer, start: 19 } : (answer ?? byDefault)
  }
  t.match(
    (await problemsOf({ '/cpu': json(last) }, ['cpu'], { clock: false })).join('\n'),
    /n=19: expected .*found start 19/,
    'the last of equals',
  )
})
