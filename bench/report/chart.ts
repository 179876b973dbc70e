/** Draws where contenders stand to the base: a band for each workload, in it a dot with its interval for each. */
import { axisX, dot, frame, gridX, plot, ruleX, ruleY } from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { isSamePoint } from '../point.ts'
import { blocksDone } from '../result/firmness.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result } from '../results.ts'
import { costComparison } from './layout.ts'
import { ratioText } from './view.ts'

const widthPx = 880
const bandPx = 66
/** Around the bands: for the scale and the names of workloads; the legend stands above. */
const marginPx = { top: 8, bottom: 56, left: 92, right: 16 } as const
const legend = { columns: 4, rowPx: 18 } as const
const svgNamespace = 'http://www.w3.org/2000/svg'

/** Profiles stand out; peers have what is left. Repeated where there are more. */
const colours = {
  profile: ['#c2003f', '#ff7f9f', '#5c001e'],
  other: ['#1a3fa0', '#e09000', '#00695c', '#2bb5a0', '#7a52c7', '#6f9bff', '#555555'],
} as const

const coloursOf = (contenders: Result['contenders']): string[] => {
  const used = { profile: 0, other: 0 }
  return contenders.map(({ kind }) => {
    const palette = kind === 'profile' ? 'profile' : 'other'
    return colours[palette][used[palette]++ % colours[palette].length] ?? ''
  })
}

/** Of the first operating point; of the metric in which the workload's costs are compared. */
const costsOf = (result: Result): Comparison[] => {
  const [base] = result.contenders
  const [first] = pointsOf(result.design)
  if (base === undefined || first === undefined) return []
  const rows = result.comparisons.filter(
    (row) => row.base === base.id && isSamePoint(row.point, first),
  )
  const groups = Map.groupBy(rows, ({ workload, contender }) => `${workload} ${contender}`)
  return [...groups.values()].flatMap((group) => costComparison(group) ?? [])
}

/** 1, 2 and 5 of every power of ten that the values reach. */
const ticksAbout = (values: readonly number[]): number[] => {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return Array.from({ length: 25 }, (_, index) => 10 ** (index - 12))
    .flatMap((power) => [power, 2 * power, 5 * power])
    .filter((tick) => tick >= least && tick <= most)
}

/**
 * An SVG document: CPU per request of every contender but the base, as ratios to the base on a scale of logarithms, with
 * their intervals; ends with a line feed.
 */
export const renderChart = (result: Result): string => {
  const [base, ...others] = result.contenders
  const ids = others.map(({ id }) => id)
  const palette = coloursOf(others)
  const rows = costsOf(result).map((row) => ({
    ...row,
    title: `${row.contender}: ${ratioText(row)}`,
  }))
  const { document } = parseHTML('<html></html>')
  const workloads = result.design.workloads.map(({ name }) => name)
  const marginTop = marginPx.top + legend.rowPx * Math.ceil(ids.length / legend.columns)
  const heightPx = marginTop + marginPx.bottom + bandPx * workloads.length
  const baseId = base?.id ?? 'base'
  const ticks = ticksAbout(rows.flatMap(({ ratio, low = ratio, high = ratio }) => [low, high]))
  const svg = plot({
    document,
    className: 'gapwise-chart',
    width: widthPx,
    height: heightPx,
    marginTop,
    marginBottom: marginPx.bottom,
    marginLeft: marginPx.left,
    marginRight: marginPx.right,
    style: { background: 'white', color: '#222', fontSize: '12px' },
    x: { type: 'log' },
    fy: { domain: workloads, label: null, padding: 0.08 },
    y: { domain: ids, axis: null, padding: 0.6 },
    color: { domain: ids, range: palette },
    marks: [
      gridX(ticks),
      axisX(ticks, {
        text: String,
        label: `CPU per request (server and database) / ${baseId}: left of 1 is better`,
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 34,
      }),
      frame({ stroke: '#ddd' }),
      ruleX([1], { stroke: '#222' }),
      ruleY(rows, {
        fy: 'workload',
        y: 'contender',
        x1: 'low',
        x2: 'high',
        stroke: 'contender',
        strokeWidth: 2,
      }),
      dot(rows, {
        fy: 'workload',
        y: 'contender',
        x: 'ratio',
        stroke: 'contender',
        fill: ({ verdict, contender }: Comparison) =>
          verdict === 'unresolved' ? 'white' : palette[ids.indexOf(contender)],
        r: 3.2,
        title: 'title',
      }),
    ],
  })
  svg.setAttribute('xmlns', svgNamespace)
  const add = (name: string, attributes: Readonly<Record<string, string | number>>, words = '') => {
    const element = document.createElementNS(svgNamespace, name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`)
    element.textContent = words
    svg.append(element)
  }
  const columnPx = (widthPx - marginPx.left - marginPx.right) / legend.columns
  for (const [index, id] of ids.entries()) {
    const x = marginPx.left + columnPx * (index % legend.columns)
    const y = legend.rowPx * (0.75 + Math.floor(index / legend.columns))
    add('circle', { cx: x + 5, cy: y, r: 4, fill: palette[index] ?? '' })
    add('text', { x: x + 14, y, dy: '0.35em', 'text-anchor': 'start' }, id)
  }
  add(
    'text',
    { x: (widthPx + marginPx.left - marginPx.right) / 2, y: heightPx - 8 },
    `${100 * result.design.confidence} % intervals over ${blocksDone(result)} blocks; a hollow dot could not be told apart from ${baseId}`,
  )
  return `${svg.outerHTML}\n`
}
