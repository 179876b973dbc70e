import t from 'tap'
import { renderMarkdown } from '../../../bench/report/markdown.ts'
import { renderText } from '../../../bench/report/text.ts'
import type { Raw } from '../../../bench/results.ts'
import { fakeResult } from './fixtures/fake-result.ts'

const ids = ['baseline', 'tuned', 'express:default']

const footprint: NonNullable<Raw['footprint']> = {
  starts: [0, 1].flatMap((block) =>
    ids.map((contender, index) => ({
      block,
      workload: 'json',
      contender,
      readyMs: 400 + 40 * index,
      cpuNs: 300e6,
      memoryBytes: 80e6,
      peakBytes: 90e6,
      unknown: {},
    })),
  ),
  stands: [0, 1].flatMap((block) =>
    ids.map((contender) => ({
      block,
      workload: 'json',
      contender,
      idle: { connections: 824, withoutBytes: 50e6, withBytes: 58_240_000, fewer: 'ulimit' },
      unknown: { garbage: 'it does not run on Node' },
    })),
  ),
  installs: ids.map((contender) => ({ contender, bytes: 40e6, detail: 'packages' })),
}

const section = (text: string): string[] => {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => line.includes('Footprint'))
  return from < 0 ? [] : lines.slice(from)
}

t.test('a table with ratios to the base and no verdict words', async (t) => {
  const text = renderText(fakeResult({ footprint }), { colour: false })
  const lines = section(text)
  t.match(lines[2], /^ {2}start, ms +400 +440 x1\.100 \(1\.100-1\.100\) +480 x1\.200/)
  t.match(text, /memory after load, MB: json +80\.0 +80\.0 x1\.000/)
  t.match(text, /idle connection, kB +10\.0 +10\.0/)
  t.match(text, /heap after GC, MB: json +not known +not known/)
  t.match(
    text.replaceAll(/\s+/g, ' '),
    /not known \(.*heap after GC.*\) of tuned: it does not run on Node/,
  )
  t.match(text.replaceAll(/\s+/g, ' '), /824 idle connections, as ulimit/)
  t.notMatch(lines.slice(0, 15).join('\n'), /better|worse|same|unresolved/)
  t.ok(text.split('\n').every((line) => line.length <= 100))
})

t.test('contenders that do not fit stand below, each time beside the base', async (t) => {
  const many = Array.from({ length: 6 }, (_, index) => `baseline+a-toggle-of-some-length-${index}`)
  const contenders = ['baseline', ...many].map((id) => ({
    id,
    kind: 'profile' as const,
    toggles: {},
    versions: {},
    fresh: true,
  }))
  const installs = contenders.map(({ id }) => ({ contender: id, bytes: 1e6, detail: 'packages' }))
  const result = fakeResult({ contenders, footprint: { starts: [], stands: [], installs } })
  const lines = section(renderText(result, { colour: false }))
  const heads = lines.filter((line) => /^ +baseline {2}/.test(line))
  t.ok(heads.length > 1)
  for (const id of many) t.equal(heads.filter((line) => line.includes(id)).length, 1)
})

t.test('markdown has the same table', async (t) => {
  const text = renderMarkdown(fakeResult({ footprint }))
  t.match(text, /\*\*Footprint\*\*\n\n\| {2}\| baseline \| tuned \| express:default \|\n\| --- \|/)
  t.match(text, /\| start, ms \| 400 \| 440 x1\.100 \(1\.100-1\.100\) \|/)
})

t.test('a run that was not asked for it has no table', async (t) => {
  t.notMatch(renderText(fakeResult(), { colour: false }), /Footprint/)
  const free = { ...footprint, stands: [], installs: [] }
  t.notMatch(renderText(fakeResult({ footprint: free }), { colour: false }), /Footprint/)
})
