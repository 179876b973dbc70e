import t from 'tap'
import { blockMeans, commonRounds, pairedLogRatios } from '../../../bench/stats/paired.ts'

await t.test('drift that both arms share cancels within a round', async (t) => {
  const drift = [0, 3, -7]
  const base = [drift, drift]
  const contender = [drift.map((log) => log + 0.1), drift.map((log) => log + 0.3)]
  const ratios = pairedLogRatios(contender, base)
  t.equal(ratios.length, 2)
  t.ok(Math.abs((ratios[0] ?? Number.NaN) - 0.1) < 1e-12)
  t.ok(Math.abs((ratios[1] ?? Number.NaN) - 0.3) < 1e-12)
})

await t.test(
  'a round that either arm lacks is left out, and a block without rounds too',
  async (t) => {
    t.same(pairedLogRatios([[1, undefined, 2], [undefined], [4]], [[0, 0, undefined], [0]]), [1])
    t.same(blockMeans([[1, undefined, 3], [undefined], []]), [2])
  },
)

await t.test('only rounds that all arms have are common', async (t) => {
  t.same(
    commonRounds([
      [[1, 2, 3], [4], [5]],
      [
        [6, undefined, 7],
        [8, 9],
      ],
    ]),
    [
      [[1, undefined, 3], [4], [undefined]],
      [
        [6, undefined, 7],
        [8, undefined],
      ],
    ],
  )
})
