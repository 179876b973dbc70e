import t from 'tap'
import { estimateMean, type Estimate } from '../../../bench/stats/interval.ts'
import { isPrecise } from '../../../bench/stats/precision.ts'
import { createDraws, drawn, holds } from './fixtures/simulate.ts'

const wide = (half: number, blocks: number): Estimate => ({
  mean: 0.3,
  sd: 0.01,
  low: 0.3 - half,
  high: 0.3 + half,
  blocks,
})

await t.test('every interval must be narrow enough, from 8 blocks on', async (t) => {
  const limit = Math.log(1.02)
  t.ok(isPrecise([wide(limit - 1e-9, 8)], 0.02))
  t.notOk(isPrecise([wide(limit + 1e-9, 8)], 0.02))
  t.notOk(isPrecise([wide(0.001, 7)], 0.02), 'too few blocks, however narrow')
  t.ok(isPrecise([wide(0.01, 8), wide(0.015, 9)], 0.02))
  t.notOk(isPrecise([wide(0.01, 8), wide(0.03, 8)], 0.02), 'the widest decides')
  t.notOk(isPrecise([{ blocks: 1 }], 0.02), 'no interval')
  t.notOk(isPrecise([], 0.02), 'nothing is compared')
})

await t.test('what the intervals say plays no part', async (t) => {
  for (const mean of [-0.5, 0, 0.5]) {
    const { low, high, ...rest } = wide(0.01, 8)
    const moved = { ...rest, mean, low: low! - 0.3 + mean, high: high! - 0.3 + mean }
    t.ok(isPrecise([moved], 0.02), `${mean}`)
  }
})

await t.test('intervals keep their 95 % although the run stops by their width', async (t) => {
  // The run of the simulation looks after each block and goes on to 40 at most.
  const { normal, contaminated } = createDraws(20_260_251)
  const experiments = 2_500
  const cases = [
    { arms: 1, sd: 0.02, draw: normal },
    { arms: 1, sd: 0.03, draw: normal },
    // The worst: stopping is spread around 20 blocks.
    { arms: 1, sd: 0.04, draw: normal },
    { arms: 1, sd: 0.025, draw: contaminated },
    { arms: 3, sd: 0.03, draw: normal },
  ]
  for (const { arms, sd, draw } of cases) {
    let held = 0
    let blocksUsed = 0
    let stoppedEarly = 0
    for (let experiment = 0; experiment < experiments; experiment++) {
      const values = drawn(arms, () => 0).map(() => drawn(8, () => 0.1 + sd * draw()))
      const estimates = (): Estimate[] => values.map((each) => estimateMean(each, 0.95))
      let now = estimates()
      while (!isPrecise(now, 0.02) && now[0]!.blocks < 40) {
        for (const each of values) each.push(0.1 + sd * draw())
        now = estimates()
      }
      blocksUsed += now[0]!.blocks
      if (now[0]!.blocks < 40) stoppedEarly++
      if (holds(now[0]!, 0.1)) held++
    }
    const coverage = held / experiments
    const seen = `${arms} arms, sd ${sd}: coverage ${coverage}, ${blocksUsed / experiments} blocks`
    t.ok(coverage >= 0.93 && coverage <= 0.965, seen)
    t.ok(stoppedEarly > 0.9 * experiments, `${stoppedEarly} stopped by their width`)
  }
})
