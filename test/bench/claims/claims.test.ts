/** The claims and the steps as data: nothing is asked of a run that does not measure it. */
import t from 'tap'
import { allClaims } from '../../../bench/claims/all.ts'
import type { PageRun } from '../../../bench/page-runs.ts'
import { pageRuns } from '../../../bench/page-runs/all.ts'
import { pointsOfRun } from '../../../bench/page-runs/command.ts'
import { runsOf } from '../../../bench/page-runs/facts.ts'
import { quantitiesOf } from '../../../bench/parallel.ts'
import { steps } from '../../../bench/parallel/steps.ts'
import { isPaced, isSamePoint } from '../../../bench/point.ts'
import type { Quantity, RatioQuantity } from '../../../bench/quantity.ts'
import { usesDatabase } from '../../../bench/expectations.ts'
import { loadWorkload } from '../../../bench/workloads/by-name.ts'
import { toggleNames } from '../../../src/profile/resolve.ts'

const quantities: Quantity[] = [
  ...allClaims.flatMap((claim) =>
    'related' in claim ? claim.related : claim.checks.map(({ quantity }) => quantity),
  ),
  ...steps.flatMap(quantitiesOf),
]

t.test('every row of the list has its claim, in order', async (t) => {
  const numbers = [...new Set(allClaims.map(({ id }) => Number.parseInt(id, 10)))]
  t.same(
    numbers,
    Array.from({ length: 24 }, (_, index) => index + 1),
  )
  t.equal(new Set(allClaims.map(({ id }) => id)).size, allClaims.length, 'no id stands twice')
  for (const claim of allClaims)
    if ('checks' in claim) {
      t.ok(claim.checks.length > 0, claim.id)
      for (const { stated } of claim.checks) t.ok(stated.low < stated.high, `${claim.id}: a range`)
    }
})

const parts = (quantity: Quantity): Quantity[] =>
  quantity.kind === 'narrowing' ? [quantity.from, quantity.to] : [quantity]

const contendersOf = (quantity: Quantity): string[] =>
  (['contender', 'base', 'peer'] as const).flatMap((key) =>
    key in quantity ? ((quantity as Partial<Record<typeof key, string>>)[key] ?? []) : [],
  )

t.test('what is asked of a run is measured in it', async (t) => {
  t.ok(quantities.length > 60)
  for (const quantity of quantities.flatMap(parts)) {
    const [name] = runsOf(quantity)
    if (name === undefined) continue
    const run: PageRun = pageRuns[name]
    for (const contender of contendersOf(quantity))
      t.ok(run.contenders.includes(contender), `${name} has ${contender}`)
    if (quantity.kind === 'footprint') t.ok(run.footprint, `${name} has a footprint`)
    if (!('workload' in quantity)) continue
    t.ok(run.workloads.includes(quantity.workload), `${name} has ${quantity.workload}`)
    const points = pointsOfRun(run)
    const { point } = quantity
    if (point === undefined) t.equal(points.length, 1, `${name} has one point, so none is named`)
    else
      t.ok(
        points.some((each) => isSamePoint(each, point)),
        `${name} has the point`,
      )
    const atRate = points.some(isPaced)
    if (quantity.metric === 'capacity') t.notOk(atRate, `${name}: capacity is of a closed loop`)
    if (quantity.metric === 'latencyP50') t.ok(atRate, `${name}: latency is of a rate`)
    if (quantity.metric === 'stackCost')
      t.ok(usesDatabase(await loadWorkload(quantity.workload)), `${quantity.workload}: a database`)
  }
})

t.test('no run measures what nobody asks', async (t) => {
  const asked = quantities.flatMap(parts)
  for (const [name, run] of Object.entries(pageRuns)) {
    const own = asked.filter((quantity) => runsOf(quantity).some((each) => each === name))
    const contenders = new Set(own.flatMap(contendersOf))
    for (const contender of run.contenders) t.ok(contenders.has(contender), `${name}: ${contender}`)
    const workloads = new Set(own.flatMap((each) => ('workload' in each ? each.workload : [])))
    if (!('footprint' in run))
      for (const workload of run.workloads) t.ok(workloads.has(workload), `${name}: ${workload}`)
  }
})

t.test('both sides of a step begin at their own quick start, and its toggle exists', async (t) => {
  const ofFastapi = ({ base, contender }: RatioQuantity): boolean =>
    [base, contender].every((each) => each.startsWith('fastapi:'))
  for (const step of steps) {
    const { ours, theirs, name } = step
    if (!('none' in ours)) {
      t.ok([ours.base, ours.contender].includes('baseline'), `${name}: ours`)
      if (ours.toggle !== undefined) t.ok(toggleNames().includes(ours.toggle), ours.toggle)
    }
    if (!('none' in theirs)) {
      t.ok([theirs.base, theirs.contender].includes('fastapi:default'), `${name}: theirs`)
      t.ok(quantitiesOf(step).some(ofFastapi), name)
    }
  }
})
