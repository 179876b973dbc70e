import t from 'tap'
import { renderMarkdown } from '../../../bench/report/markdown.ts'
import { renderText } from '../../../bench/report/text.ts'
import { databaseLine, upstreamLine } from '../../../bench/report/whose-cpu.ts'
import { fakeResult } from './fixtures/fake-result.ts'

const plain = fakeResult()

t.test('a file that does not tell has no line', async (t) => {
  t.equal(databaseLine(plain), undefined)
  t.equal(upstreamLine(plain), undefined)
})

t.test("shares of the database's time are told, with what becomes of them", async (t) => {
  const windows = plain.windows.map((window) => ({
    ...window,
    databaseCpuNs: 960,
    databaseSharedCpuNs: 30,
    databaseOthersCpuNs: 40,
  }))
  const line = databaseLine(fakeResult({ windows }))
  t.match(line, "4 % was that of other contenders' sessions (taken off)")
  t.match(line, '3 % that of processes which work for all (counted')
  t.match(renderText(fakeResult({ windows }), { colour: false }), /^database of its CPU time/m)
  t.match(renderMarkdown(fakeResult({ windows })), /^- Database: of its CPU time/m)
})

t.test('the stub has a cost of its own by workload and contender', async (t) => {
  const windows = plain.windows.map((window) =>
    window.workload === 'json' ? { ...window, upstreamCpuNs: 41_000 * window.requests } : window,
  )
  const result = fakeResult({ windows })
  t.match(
    upstreamLine(result),
    /no part of cost: json: baseline 41\.0, tuned 41\.0, express:default/,
  )
  t.match(renderText(result, { colour: false }), /^upstream CPU µs\/request/m)
  t.match(renderMarkdown(result), /^- Upstream: /m)
  t.same(result.comparisons, plain.comparisons)
})
