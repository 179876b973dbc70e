/** docs/measuring.md against the code: every gate and note is explained, and every limit is the one in force. */
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { idleRules } from '../../bench/footprint/idle.ts'
import { standRules } from '../../bench/footprint.ts'
import { answersPerConnection, benchDefaults, usualEstimates } from '../../bench/plan.ts'
import { controlConfidence } from '../../bench/result/control.ts'
import { generatorLimit } from '../../bench/result/cautions.ts'
import { usualDelta } from '../../bench/result/floor.ts'
import { plateauLimit } from '../../bench/result/plateau.ts'
import { quietLimits } from '../../bench/result/quiet.ts'
import { kneeFactor } from '../../bench/result/curves.ts'
import { lagLimits } from '../../bench/result/own-lag.ts'
import { nearLimit } from '../../bench/result/probe.ts'
import { saturationLimit } from '../../bench/result/saturation.ts'
import { kneeReference, probeRules } from '../../bench/plan/study.ts'
import { fewestSamples, samplesNeeded } from '../../bench/stats/histogram.ts'
import { searchRules } from '../../bench/stats/rate-search.ts'
import { leastShare } from '../../bench/truth.ts'

const page = readFileSync(new URL('../../docs/measuring.md', import.meta.url), 'utf8')
const words = page.replaceAll(/\s+/g, ' ')
const folder = new URL('../../bench/result/', import.meta.url)
const sources = readdirSync(folder)
  .filter((name) =>
    /^(cautions|control|derive|few-samples|plateau|quiet|(lag|rate|study)-cautions|saturation)\.ts$/.test(
      name,
    ),
  )
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

t.test('every note that a report can have is explained', async (t) => {
  const codes = new Set(
    [...sources.matchAll(/'([A-Z]+(?:_[A-Z]+)*)'/g)].map(([, code = '']) => code),
  )
  t.ok(codes.has('NOT_SATURATED') && codes.has('CELL_ERRORS') && codes.has('BASE_MISSING'))
  for (const code of codes) t.ok(page.includes(`\`${code}\``), code)
})

t.test('every gate is explained', async (t) => {
  const names = [...sources.matchAll(/\bname: '([a-z ]+)'/g)].map(([, name = '']) => name)
  t.ok(names.includes('quiet') && names.includes('errors'))
  for (const name of [
    ...names,
    'contract',
    'identity',
    'profile',
    'database truth',
    'database state',
  ])
    t.ok(page.includes(`\`${name}\``), name)
})

t.test('the limits on the page are those in force', async (t) => {
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  for (const [sentence, what] of [
    [`short stretch (${benchDefaults.windowMs} ms)`, 'window'],
    [`fewer than ${answersPerConnection.full} answers per connection`, 'full windows'],
    [`up to ${answersPerConnection.fillUntilMs} ms; and as long`, 'full windows, limit'],
    [`does not matter: ${percent(usualDelta)}`, 'delta'],
    [`used at most ${percent(generatorLimit)} of a core`, 'generator'],
    [`used at least ${percent(saturationLimit)} of the cores`, 'saturated'],
    [`steal is above ${percent(quietLimits.steal)} of`, 'steal'],
    [`other processes are above ${percent(quietLimits.others)} (`, 'others'],
    [`not shown to be over ${percent(plateauLimit)} higher`, 'plateau'],
    [`(${percent(controlConfidence)} over all cells together`, 'control'],
    [`at least ${percent(leastShare)} of the rows`, 'truth'],
    [`${idleRules.firstRequests} requests on one connection`, 'idle, first'],
    [`then ${idleRules.connections.toLocaleString('en-US')} keep-alive`, 'idle connections'],
    [`at most ${idleRules.within * 100} %, or after ${idleRules.steadyMs / 1000} s`, 'steady'],
    [`fewer than ${percent(idleRules.leastShare)} of them`, 'idle, kept'],
    [
      `at ${standRules.connections} connections, for ${standRules.warmUpMs / 1000} s and then for ${standRules.countedMs / 1000} s`,
      'stand',
    ],
    [`about ${usualEstimates.footprintMs / 1000} s in a block`, 'stands in the estimate'],
    [`at most ${percent(lagLimits.shareOfLatency)} of it may be that`, 'lag'],
    [
      `p50 of its lag is beyond ${lagLimits.burstsFromUs.p50 / 1_000} ms, or p99 beyond ${lagLimits.burstsFromUs.p99 / 1_000} ms`,
      'bursts',
    ],
    [`more than ${kneeFactor} times that at ${percent(kneeReference)}`, 'knee'],
    [`starts at ${percent(searchRules.start)} of`, 'start of a search'],
    [`steps of x${searchRules.bracket}`, 'steps of a search'],
    [
      `from ${percent(searchRules.least)} to ${percent(searchRules.most)} of it`,
      'ends of a search',
    ],
    [
      `(${samplesNeeded(0.99).toLocaleString('en-US')} answers for p99, ${samplesNeeded(0.5)} for p50) and a tenth of ` +
        `that in every block (${fewestSamples(0.99).toLocaleString('en-US')} and ${fewestSamples(0.5)})`,
      'answers for a percentile',
    ],
    [`${percent(searchRules.ratio - 1)} apart`, 'width of a bracket'],
    [`${searchRules.enough} of ${searchRules.confirmations} confirmations`, 'confirmations'],
    [
      `down by ${percent(1 - searchRules.stepDown)}, up to ${searchRules.stepsDown} times`,
      'steps down',
    ],
    [`within ${percent(nearLimit)} of the limit`, 'near'],
    [`${probeRules.settleMs / 1_000} s to settle and ${probeRules.usualMs / 1_000} s`, 'probe'],
    [
      `from ${probeRules.shortestMs / 1_000} s to ${probeRules.longestMs / 1_000} s`,
      'probe lengths',
    ],
  ] as const)
    t.ok(words.includes(sentence), `${what}: ${sentence}`)
  t.equal(quietLimits.blocks, 0.25, 'a quarter of the blocks')
})
