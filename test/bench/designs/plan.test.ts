import t from 'tap'
import { reference, roundsOf, windowDesigns } from '../../../bench/designs.ts'
import { pairsOf, planDesigns } from '../../../bench/designs/plan.ts'

t.test(
  'the first is set against its twin and all others, and these in twos against one another',
  async (t) => {
    t.strictSame(pairsOf(['a', 'a#2', 'b', 'c', 'd']), [
      ['a', 'a#2'],
      ['a', 'b'],
      ['a', 'c'],
      ['a', 'd'],
      ['b', 'c'],
    ])
    t.strictSame(pairsOf(['a', 'a#2']), [['a', 'a#2']])
  },
)

t.test('every design measures each arm for the same time', async (t) => {
  for (const design of windowDesigns) {
    const armMs = roundsOf(design) * design.windowMs * (design.atOnce ? 1 : 2)
    t.equal(armMs, 2 * reference.windowMs, design.name)
  }
})

const request = {
  pairs: pairsOf(['a', 'a#2', 'b', 'c']),
  designs: windowDesigns,
  budgetMs: 60 * 60_000,
  seed: 7,
}

t.test('each block has every pair once, and each pair every design once', async (t) => {
  const plan = planDesigns(request)
  t.ok(plan.blocks >= 4)
  t.ok(plan.totalMs <= request.budgetMs)
  for (let block = 0; block < plan.blocks; block++) {
    const own = plan.work.filter((work) => work.block === block)
    t.strictSame(
      own.map(({ pair }) => pair.join()).toSorted(),
      request.pairs.map(String).toSorted(),
    )
    for (const { stretches } of own) {
      const names = stretches.map(({ design }) => design.name)
      t.strictSame(names.toSorted(), windowDesigns.map(({ name }) => name).toSorted())
      for (const { design, baseFirst } of stretches) t.equal(baseFirst.length, roundsOf(design))
    }
  }
})

t.test('the seed decides every order', async (t) => {
  t.strictSame(planDesigns(request), planDesigns(request))
  t.notSame(planDesigns(request).work, planDesigns({ ...request, seed: 8 }).work)
  const orders = planDesigns(request).work.flatMap(({ stretches }) =>
    stretches.flatMap(({ baseFirst }) => baseFirst),
  )
  const share = orders.filter(Boolean).length / orders.length
  t.ok(share > 0.4 && share < 0.6, `the base comes first in ${share} of the rounds`)
})

t.test(
  'too small a budget is refused with one that works, and blocks that are asked for are kept',
  async (t) => {
    const refusal = {
      failure: 'usage',
      code: 'BUDGET_TOO_SMALL',
      message: /--budget 1\dm for 4 blocks/,
    }
    t.throws(() => planDesigns({ ...request, budgetMs: 60_000 }), refusal)
    t.throws(() => planDesigns({ ...request, blocks: 3 }), { code: 'BUDGET_TOO_SMALL' })
    t.equal(planDesigns({ ...request, budgetMs: 60_000, blocks: 5 }).blocks, 5)
  },
)
