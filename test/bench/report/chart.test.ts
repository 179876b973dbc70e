import { parseHTML } from 'linkedom'
import t from 'tap'
import { renderChart } from '../../../bench/report/chart.ts'
import { fakeResult } from './fixtures/fake-result.ts'

const drawn = (svg: string) => {
  const { document } = parseHTML(svg)
  const dots = [...document.querySelectorAll('g[aria-label="dot"] circle')]
  return {
    texts: [...document.querySelectorAll('text')].map(({ textContent }) => textContent),
    dots: dots.map((each) => ({
      x: Number(each.getAttribute('cx')),
      what: each.querySelector('title')?.textContent,
      colour: each.getAttribute('stroke'),
      isHollow: each.getAttribute('fill') === 'white',
    })),
    /** Of those that are not the line at 1. */
    intervals: [...document.querySelectorAll('g[aria-label="rule"] line')]
      .map((line) => ['x1', 'x2'].map((end) => Number(line.getAttribute(end))))
      .filter(([from, to]) => from !== to),
    legend: [...document.querySelectorAll('svg > circle')].map((each) => each.getAttribute('fill')),
  }
}

t.test('every contender but the base has a dot and an interval for each workload', async (t) => {
  const { dots, texts, intervals, legend } = drawn(renderChart(fakeResult()))
  t.strictSame(
    new Set(dots.map(({ what }) => what)),
    new Set([
      'express:default: 1.05 (0.92-1.20)',
      'express:default: 2.44 (2.37-2.52)',
      'tuned: 0.40 (0.39-0.42)',
      'tuned: 0.995 (0.992-0.998)',
    ]),
  )
  t.equal(intervals.length, 4)
  const inside = ({ x }: { x: number }) =>
    intervals.some(([from = 0, to = 0]) => from < x && x < to)
  t.ok(dots.every(inside), 'each dot in an interval')
  t.strictSame(
    dots.map(({ what = '', colour }) => what.startsWith('tuned') === (colour === legend[0])),
    dots.map(() => true),
    'in the colour of the legend, where tuned is the first',
  )
  t.strictSame(
    dots.flatMap(({ what, isHollow }) => (isHollow ? what : [])),
    ['express:default: 1.05 (0.92-1.20)'],
    'what could not be told apart is hollow',
  )
  for (const name of ['json', 'queries', 'tuned', 'express:default', '0.5', '1', '2'])
    t.ok(texts.includes(name), name)
  t.notOk(texts.includes('baseline'))
  t.match(
    texts.join('\n'),
    /CPU per request \(server and database\) \/ baseline: left of 1 is better[^]*95 % intervals over 4 blocks/,
  )
})

t.test('equal factors are equal distances', async (t) => {
  const result = fakeResult()
  const ratios = new Map([
    ['json tuned', 0.5],
    ['json express:default', 1],
    ['queries tuned', 2],
    ['queries express:default', 4],
  ])
  const comparisons = result.comparisons.map((row) => {
    const ratio = ratios.get(`${row.workload} ${row.contender}`) ?? row.ratio
    return { ...row, ratio, low: ratio, high: ratio }
  })
  const xs = drawn(renderChart({ ...result, comparisons }))
    .dots.map(({ x }) => x)
    .toSorted((one, other) => one - other)
  const steps = xs.slice(1).map((x, index) => x - xs[index]!)
  t.equal(steps.length, 3)
  for (const step of steps) t.ok(step > 0 && Math.abs(step / steps[0]! - 1) < 0.01, steps.join())
})

t.test('what was not compared is not drawn', async (t) => {
  const result = fakeResult()
  const comparisons = result.comparisons.filter(({ workload }) => workload === 'json')
  const { dots, texts } = drawn(renderChart({ ...result, comparisons }))
  t.equal(dots.length, 2)
  t.ok(texts.includes('queries'), 'its band stays')
})
