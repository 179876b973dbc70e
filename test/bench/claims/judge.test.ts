/** The word for a check and for a claim, on examples that can be worked out by hand. */
import t from 'tap'
import type { Check, CheckedClaim } from '../../../bench/claim.ts'
import { judgeClaim, judgeFigure, wordOfChecks } from '../../../bench/claim/judge.ts'
import {
  about,
  asMuch,
  atLeast,
  atMost,
  between,
  fewer,
  more,
} from '../../../bench/claim/stated.ts'
import type { Bound } from '../../../bench/results.ts'
import type { Figure, Found, Quantity, RatioQuantity } from '../../../bench/quantity.ts'

const ratio: RatioQuantity = {
  kind: 'ratio',
  run: 'claims-defaults',
  workload: 'json',
  metric: 'capacity',
  contender: 'gin:default',
  base: 'express:default',
}

const figure = (low: number, high: number, bound?: Bound): Figure => ({
  value: Math.sqrt(low * high),
  low,
  high,
  notes: [],
  ...(bound === undefined ? {} : { bound }),
})

const word = (found: Figure, check: Omit<Check, 'quantity'>, quantity: Quantity = ratio) =>
  judgeFigure(found, { quantity, ...check })

t.test('what claims state', async (t) => {
  const { low, high } = about(3.7)
  t.equal(low.toFixed(3), '3.217', '3.7 / 1.15')
  t.equal(high.toFixed(3), '4.255', '3.7 x 1.15')
  t.same(between(3, 5), { low: 3, high: 5 }, 'a range has no tolerance')
  t.same(atLeast(2), { low: 2, high: Infinity })
  t.same(atMost(0.5), { low: 0, high: 0.5 })
  t.same(more, { low: 1.02, high: Infinity })
  t.equal(fewer.high.toFixed(4), '0.9804', '1 / 1.02')
  t.equal(asMuch.low.toFixed(4), '0.8696', '1 / 1.15')
})

t.test('the interval against the range', async (t) => {
  const stated = between(3, 5)
  t.same(word(figure(3.2, 4.1), { stated }), { word: 'holds' }, 'inside')
  t.same(word(figure(3, 5), { stated }), { word: 'holds' }, 'the ends are inside')
  t.same(word(figure(1.9, 2.2), { stated }), { word: 'does not hold here', side: 'below' })
  t.same(word(figure(5.1, 6), { stated }), { word: 'does not hold here', side: 'above' })
  t.same(word(figure(2.9, 3.4), { stated }), { word: 'unresolved' }, 'over the lower end')
  t.same(word(figure(4.8, 5.2), { stated }), { word: 'unresolved' }, 'over the upper end')
  t.same(
    word(figure(2, 8), { stated }),
    { word: 'unresolved' },
    'a wide interval is no agreement, though its middle is in the range',
  )
  t.same(word({ value: 4, notes: [] }, { stated }), { word: 'unresolved' }, 'one block')
})

t.test('an interval is open towards where something held the number back', async (t) => {
  const stated = between(3, 5)
  t.equal(word(figure(3.5, 4, 'at-least'), { stated }).word, 'unresolved', 'it may be 9')
  t.equal(word(figure(6, 7, 'at-least'), { stated }).word, 'does not hold here')
  t.equal(word(figure(3.5, 4, 'at-most'), { stated }).word, 'unresolved', 'it may be 1')
  t.equal(word(figure(1, 2, 'at-most'), { stated }).word, 'does not hold here')
  t.equal(word(figure(6, 7, 'unknown'), { stated }).word, 'unresolved')
  t.equal(word(figure(3.5, 4, 'at-least'), { stated: atLeast(3) }).word, 'holds')
})

t.test('a part of which only the whole is known', async (t) => {
  const saved = { stated: atMost(0.7), isPart: true } as const
  t.equal(word(figure(0.6, 0.65), saved).word, 'holds', 'the part saves more than the whole')
  t.equal(word(figure(0.8, 0.85), saved).word, 'unresolved', 'the part may save enough')
  t.equal(word(figure(0.98, 1.01), saved).word, 'unresolved')
  t.same(
    word(figure(1.05, 1.1), saved),
    { word: 'does not hold here', side: 'above' },
    'where the whole is dearer its part is dearer still',
  )

  const cost: Quantity = {
    kind: 'cost',
    run: 'parallel-json',
    workload: 'users-create',
    metric: 'cost',
    contender: 'fastapi:default',
  }
  const took = { stated: atLeast(1e6), isPart: true } as const
  t.same(
    word(figure(4e5, 5e5), took, cost),
    { word: 'does not hold here', side: 'below' },
    'a part of 0.5 ms is no 1 ms',
  )
  t.equal(word(figure(2e6, 3e6), took, cost).word, 'unresolved', 'it may be a small part')
  t.equal(word(figure(2e6, 3e6), { stated: took.stated }, cost).word, 'holds', 'as a whole')
})

t.test('the word of several checks', async (t) => {
  t.equal(wordOfChecks(['holds', 'holds']), 'holds', 'all have to hold')
  t.equal(
    wordOfChecks(['holds', 'not measured', 'not comparable', 'unresolved', 'does not hold here']),
    'does not hold here',
    'one is enough',
  )
  t.equal(wordOfChecks(['holds', 'unresolved', 'not comparable', 'not measured']), 'not measured')
  t.equal(wordOfChecks(['holds', 'unresolved', 'not comparable']), 'not comparable')
  t.equal(wordOfChecks(['holds', 'unresolved']), 'unresolved')
})

const claim = (checks: readonly Check[]): CheckedClaim => ({
  id: '0',
  says: 'x',
  given: 'x',
  differs: 'x',
  checks,
})

const finding = (found: Found) => () => found

t.test('why there is no number decides the word', async (t) => {
  const one = claim([{ quantity: ratio, stated: about(2) }])
  t.match(judgeClaim(one, finding({ notMeasured: 'not yet' })), {
    word: 'not measured',
    checks: [{ absence: 'not yet', word: 'not measured' }],
  })
  t.match(judgeClaim(one, finding({ meaningless: 'no gap' })), {
    word: 'not comparable',
    checks: [{ absence: 'no gap', word: 'not comparable' }],
  })
  t.match(judgeClaim(one, finding({ figure: figure(1.9, 2.1) })), { word: 'holds' })
})

t.test('a claim that says too little gets no other word, and its figures none', async (t) => {
  const vague = { id: '0', says: 'x', given: 'x', differs: 'x', notComparable: 'why' }
  const judged = judgeClaim({ ...vague, related: [ratio] }, finding({ figure: figure(1.9, 2.1) }))
  t.match(judged, { word: 'not comparable', checks: [{ figure: { low: 1.9 } }] })
  t.equal(judged.checks[0]?.word, undefined)
})

t.test('an explanation is told only where it applies', async (t) => {
  const explained = (found: Figure, side?: 'below' | 'above'): readonly string[] =>
    judgeClaim(
      claim([
        {
          quantity: ratio,
          stated: about(2),
          explains: { why: 'because', ...(side === undefined ? {} : { side }) },
        },
        { quantity: ratio, stated: about(2) },
      ]),
      finding({ figure: found }),
    ).explanations
  t.same(explained(figure(0.9, 1.1)), ['because'], 'on either side')
  t.same(explained(figure(0.9, 1.1), 'below'), ['because'])
  t.same(explained(figure(0.9, 1.1), 'above'), [], 'it lies on the other side')
  t.same(explained(figure(1.9, 2.1)), [], 'it holds')
  t.same(explained(figure(1, 3)), [], 'unresolved')
})
