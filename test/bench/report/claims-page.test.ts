/** docs/claims.md as it is rendered from judged claims. */
import t, { type Test } from 'tap'
import type { Claim } from '../../../bench/claim.ts'
import { judgeClaim } from '../../../bench/claim/judge.ts'
import { about, atLeast, between } from '../../../bench/claim/stated.ts'
import { runFacts } from '../../../bench/page-runs/facts.ts'
import { measureQuantity } from '../../../bench/quantities/measure.ts'
import type { Figure, MeasuredRuns, Quantity } from '../../../bench/quantity.ts'
import { renderClaims } from '../../../bench/report/claims.ts'
import { figureWords, quantityWords } from '../../../bench/report/quantity-words.ts'
import { capacityOf, measuredAs, pageResult } from '../quantities/fixtures/page-result.ts'

const text = { given: 'Some setting.', differs: 'Some other thing.' }

const claims: readonly Claim[] = [
  {
    ...text,
    id: '1',
    says: 'Express is three times FastAPI, and Gin ten times Express.',
    checks: [
      { quantity: capacityOf('express:default', 'fastapi:default'), stated: about(3) },
      {
        quantity: capacityOf('gin:default', 'express:default'),
        stated: between(9, 11),
        explains: { side: 'below', why: 'Something known.' },
      },
    ],
  },
  {
    ...text,
    id: '2',
    says: 'Redis helps.',
    checks: [{ quantity: { kind: 'pending', reason: 'not built yet' }, stated: atLeast(1) }],
  },
  {
    ...text,
    id: '3',
    says: 'Express is nice.',
    notComparable: 'It does not say to whom.',
    related: [capacityOf('express:default', 'fastapi:default')],
  },
]

const page = (measured: MeasuredRuns): string => {
  const judged = claims.map((claim) => judgeClaim(claim, (each) => measureQuantity(each, measured)))
  const asked = judged.flatMap(({ checks }) => checks.map(({ quantity }) => quantity))
  return renderClaims(judged, runFacts(asked, measured))
}

const has = (t: Test, whole: string, ...lines: readonly string[]): void => {
  const present = whole.split('\n')
  for (const line of lines) t.ok(present.includes(line), line)
}

t.test('a page from a published run', async (t) => {
  has(
    t,
    page(measuredAs(pageResult())),
    'Of 3 claims: does not hold here 1 · not comparable 1 · not measured 1.',
    '| [1](#claim-1) | Express is three times FastAPI, and Gin ten times Express. | **does not hold here** | 1 of 2 |',
    '### Claim 1',
    '- given with it: Some setting.',
    '- different here: Some other thing.',
    '- what explains it: Something known.',
    '| what | claimed | here (95 % interval) | word |',
    '| requests/s, json: express:default / fastapi:default | 3.00 (2.61 to 3.45) | 3.00, indicative | **holds** |',
    '| requests/s, json: gin:default / express:default | 9.00 to 11.0 | 1.33 (1.30 to 1.37), indicative | **does not hold here** |',
    '- **not measured**',
    '| - | - | not built yet | not measured |',
    '- **not comparable**: It does not say to whom.',
    '| requests/s, json: express:default / fastapi:default | - | 3.00, indicative | - |',
    '### claims-defaults',
    '- Workloads: json, queries, with 32 connections',
  )
})

t.test('before anything was measured', async (t) => {
  const whole = page({})
  has(
    t,
    whole,
    'Of 3 claims: not comparable 1 · not measured 2.',
    '| requests/s, json: gin:default / express:default | 9.00 to 11.0 | not measured yet | not measured |',
    'It measures the quick starts against one another. Not measured yet; this command does it:',
  )
  t.match(whole, /^npm run bench -- gin:default express:default fastapi:default nest:default /m)
  t.notMatch(whole, 'what explains it', 'nothing is explained that was not seen')
})

t.test('every kind of quantity has words and a unit', async (t) => {
  const figure = (value: number, over: Partial<Figure> = {}): Figure => ({
    value,
    low: value * 0.9,
    high: value * 1.1,
    notes: [],
    ...over,
  })
  const ratio = capacityOf('gin:default', 'express:default')
  const footprint = {
    kind: 'footprint',
    run: 'claims-footprint',
    contender: 'gin:default',
  } as const
  const told: readonly (readonly [Quantity, Figure, string, string])[] = [
    [
      { ...ratio, point: { connections: 10 } },
      figure(2, { bound: 'at-least' }),
      'requests/s, json with 10 connections: gin:default / express:default',
      'at least 2.00 (1.80 to 2.20)',
    ],
    [
      { kind: 'narrowing', from: ratio, to: { ...ratio, workload: 'posts' } },
      figure(0.5, { notes: ['indicative', 'fragile'] }),
      'requests/s, gin:default / express:default: posts against json',
      '0.50 (0.45 to 0.55), indicative, fragile',
    ],
    [
      { kind: 'narrowing', from: ratio, to: { ...ratio, run: 'claims-tuned' } },
      figure(0.5),
      'requests/s, gin:default / express:default: claims-tuned against claims-defaults',
      '0.50 (0.45 to 0.55)',
    ],
    [
      { ...ratio, kind: 'share of gap', peer: 'nest:default' },
      figure(0.25),
      'requests/s, json: of the gap express:default to nest:default, closed by gin:default',
      '25 % (22.5 to 27.5)',
    ],
    [
      { ...ratio, kind: 'cost', metric: 'cost' },
      figure(41_200, { bound: 'at-most' }),
      'CPU per request, own, json: gin:default',
      'at most 41.2 µs (37.1 to 45.3)',
    ],
    [
      { ...footprint, measure: 'install' },
      figure(9e6, { low: 9e6, high: 9e6 }),
      'size on disk: gin:default',
      '9.00 MB',
    ],
    [
      { ...footprint, measure: 'startTime' },
      figure(120),
      'start until the first right answer: gin:default',
      '120 ms (108 to 132)',
    ],
    [
      { ...footprint, measure: 'install', base: 'express:default' },
      figure(0.5, { low: 0.5, high: 0.5 }),
      'size on disk: gin:default / express:default',
      '0.50',
    ],
  ]
  for (const [quantity, found, question, answer] of told) {
    t.equal(quantityWords(quantity), question)
    t.equal(figureWords(quantity, found), answer)
  }
})
