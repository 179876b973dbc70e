/** Result files of studies are written, checked and read like any other. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { readResult } from '../../../bench/result/read.ts'
import { createRecorder } from '../../../bench/result/recorder.ts'
import type { Raw, Result } from '../../../bench/results.ts'
import { fakeHeader } from './fixtures/fake-run.ts'
import { fakeSlo, fakeSweep, type StudyTruth } from './fixtures/fake-study.ts'

const truths: readonly StudyTruth[] = [
  { contender: 'baseline', capacities: [10_000, 10_500], p99Us: (rate) => 500 + rate },
  { contender: 'tuned', capacities: [20_000, 19_000], p99Us: (rate) => 400 + rate / 2 },
]

/** Writes a run of two blocks. */
const write = async (dir: string, id: string, { design, ...raw }: Raw): Promise<string> => {
  const recorder = await createRecorder({ dir, header: { ...fakeHeader(), id, design } })
  for (const number of [0, 1]) {
    const inBlock = ({ block }: { readonly block: number }): boolean => block === number
    await recorder.block({
      windows: [],
      warmups: [],
      capacities: raw.capacities?.filter(inBlock) ?? [],
      probes: raw.probes?.filter(inBlock) ?? [],
    })
  }
  await recorder.finish('complete')
  return recorder.path
}

t.test('a study is read as it was written', async (t) => {
  const dir = t.testdir({})
  const slo = await readResult(await write(dir, 'slo', fakeSlo(truths)))
  t.equal(slo.limits?.length, 2)
  t.equal(slo.curves, undefined)
  t.ok(slo.limits?.every(({ blocks }) => blocks.length === 2))
  const sweep = await readResult(await write(dir, 'sweep', fakeSweep(truths)))
  t.equal(sweep.curves?.length, 2)
  t.equal(sweep.limits, undefined)
})

t.test('what was changed afterwards is refused', async (t) => {
  const dir = t.testdir({})
  const path = await write(dir, 'slo', fakeSlo(truths))
  const result = await readResult(path)
  const change = async (edit: (copy: Result) => void): Promise<string> => {
    const copy = structuredClone(result)
    edit(copy)
    const changed = join(dir, 'changed.json')
    await writeFile(changed, JSON.stringify(copy))
    return changed
  }
  const flattered = await change(({ limits = [] }) => {
    limits[0]!.ratePerSecond! *= 1.1
  })
  await t.rejects(readResult(flattered), { code: 'RESULT_MISMATCH' })
  const dropped = await change(({ probes = [] }) => void probes.pop())
  await t.rejects(readResult(dropped), { code: 'RESULT_CORRUPT', message: /found none/ })
})
