/** Files of older rules, and of runs without a fixed rate, read as they did. */
import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { readResult } from '../../../bench/result/read.ts'
import { createRecorder } from '../../../bench/result/recorder.ts'
import { analysisVersion, type Result } from '../../../bench/results.ts'
import { createRandom } from '../../../bench/stats/random.ts'
import { fakePacedRaw, fakePacedWindows } from './fixtures/fake-paced.ts'
import { fakeHeader, fakeWindows } from './fixtures/fake-run.ts'

const published = fileURLToPath(new URL('../../../bench/results/published/', import.meta.url))

await t.test(
  'every published file reads, with the ratios that it was published with',
  async (t) => {
    const names = readdirSync(published).filter((name) => name.endsWith('.json'))
    t.ok(names.length > 0)
    for (const name of names) {
      const path = join(published, name)
      const stored = JSON.parse(await readFile(path, 'utf8')) as Result
      const result = await readResult(path)
      t.equal(result.analysis, analysisVersion, name)
      // Before version 6 the generator's own lag was a part of latency.
      const isAlike = (metric: string): boolean =>
        (stored.analysis ?? 1) >= 6 || !metric.startsWith('latency')
      const ratios = ({ comparisons }: Result) =>
        comparisons.flatMap(({ workload, contender, metric, ratio }) =>
          isAlike(metric) ? [[`${contender} ${workload} ${metric}`, ratio.toPrecision(8)]] : [],
        )
      t.same(ratios(result), ratios(stored), name)
      const isPaced = result.design.paced !== undefined
      t.equal(
        result.summaries.some(({ metric }) => metric.startsWith('latency')),
        isPaced,
      )
      t.equal(
        result.gates.some(({ name: gate }) => gate === 'rate' || gate === 'lag'),
        isPaced,
      )
    }
  },
)

await t.test('any run without a rate reads the same whichever rules wrote it', async (t) => {
  const dir = t.testdir({})
  const random = createRandom(11)
  const between = (low: number, high: number): number => low + (high - low) * random.next()
  for (let run = 0; run < 20; run++) {
    const truth = (contender: string) => ({
      contender,
      workload: random.next() < 0.5 ? 'json' : 'queries',
      capacity: between(100, 50_000),
      costNs: between(1_000, 900_000),
      blockFactors: Array.from({ length: 4 }, () => between(0.8, 1.2)),
      generatorShare: between(0.2, 1),
    })
    const header = { ...fakeHeader(), id: `run-${run}` }
    const recorder = await createRecorder({ dir, header })
    await recorder.block({
      windows: fakeWindows([truth('baseline'), truth('tuned')]),
      warmups: [],
    })
    const written = await recorder.finish('complete')
    const current = JSON.parse(JSON.stringify(await readResult(recorder.path))) as Result
    for (const analysis of [1, 2, 3]) {
      const path = join(dir, `old-${run}-${analysis}.json`)
      await writeFile(path, JSON.stringify({ ...written, analysis }))
      t.same(JSON.parse(JSON.stringify(await readResult(path))), current)
    }
  }
})

await t.test('a file of a run at a rate is whole, and its histograms are checked', async (t) => {
  const dir = t.testdir({})
  const windows = fakePacedWindows([
    { contender: 'baseline', costNs: 100_000, usualUs: 400, slowUs: 1_600 },
    { contender: 'tuned', costNs: 80_000, usualUs: 300, slowUs: 800 },
  ])
  const { design } = fakePacedRaw(windows)
  const recorder = await createRecorder({ dir, header: { ...fakeHeader(), design } })
  await recorder.block({ windows, warmups: [] })
  await recorder.finish('complete')
  const result = await readResult(recorder.path)
  t.ok(result.comparisons.some(({ metric }) => metric === 'latencyP99'))

  const broken = structuredClone(result)
  broken.windows[0]!.paced!.latency.count += 1
  const path = join(dir, 'broken.json')
  await writeFile(path, JSON.stringify(broken))
  await t.rejects(readResult(path), { code: 'RESULT_CORRUPT', message: /samples in a histogram/ })
  await writeFile(path, JSON.stringify({ ...broken, analysis: 2 }))
  await t.rejects(readResult(path), { code: 'RESULT_CORRUPT' })
})
