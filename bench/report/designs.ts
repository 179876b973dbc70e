/** Renders a comparison of designs: as text, and as Markdown for the page on measuring. */
import {
  analyseDesigns,
  type DesignAnalysis,
  type DesignMetric,
  designMetrics,
} from '../designs/analyse.ts'
import type { DesignsDocument } from '../designs/document.ts'
import type { Estimate } from '../stats/interval.ts'
import { wideColumns } from './columns.ts'
import { percent, ratio } from './units.ts'
import { wrap } from './wrap.ts'

const metricWords: Readonly<Record<DesignMetric, string>> = {
  cost: 'CPU per request',
  capacity: 'requests/s',
}

const halfWidth = ({ mean, high = Infinity }: Estimate): number => Math.expm1(high - mean)

/** `0.861 ±1.9`, in percent; with a star where it disagrees with the reference. */
const cell = (estimate: Estimate, agrees: boolean): string =>
  `${ratio(Math.exp(estimate.mean), 3)} ±${percent(halfWidth(estimate))}${agrees ? '' : ' \\*'}`

interface Grid {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const gridOf = (
  document: DesignsDocument,
  { findings, scores, residuals }: DesignAnalysis,
  metric: DesignMetric,
): Grid => {
  const names = document.designs.map(({ name }) => name)
  const own = findings.filter((finding) => finding.metric === metric)
  const score = (of: (each: DesignAnalysis['scores'][number]) => string): string[] =>
    names.map((name) => {
      const found = scores.find((each) => each.metric === metric && each.design === name)
      return found === undefined ? '' : of(found)
    })
  const chains = [
    ...new Map(
      residuals
        .filter((each) => each.metric === metric)
        .map(({ chain }) => [chain.join(' '), chain]),
    ).values(),
  ]
  return {
    title: metricWords[metric],
    head: ['contender / base', ...names],
    rows: [
      ...document.pairs.map(({ base, contender }) => [
        `${contender} / ${base}`,
        ...names.map((name) => {
          const found = own.find(
            (each) => each.design === name && each.base === base && each.contender === contender,
          )
          return found === undefined ? '' : cell(found.ratio, found.agrees)
        }),
      ]),
      ['half-width, %', ...score((each) => `±${percent(Math.expm1(each.halfWidth))}`)],
      ['largest disagreement, %', ...score((each) => percent(Math.expm1(each.worst)))],
      ['agrees everywhere', ...score(({ qualifies }) => (qualifies ? 'yes' : 'no'))],
      ...chains.map((chain) => [
        `${chain.join(', ')}: chain`,
        ...names.map((name) => {
          const found = residuals.find(
            (each) =>
              each.metric === metric &&
              each.design === name &&
              each.chain.join(' ') === chain.join(' '),
          )
          return found === undefined ? '' : cell(found.residual, holdsZero(found.residual))
        }),
      ]),
    ],
  }
}

const holdsZero = ({ low = -Infinity, high = Infinity }: Estimate): boolean => low <= 0 && high >= 0

/** The narrowest of those that agree with the reference everywhere, in both metrics; undefined where none does. */
export const chosenDesign = ({ scores }: DesignAnalysis): string | undefined => {
  const byDesign = [...Map.groupBy(scores, ({ design }) => design)].filter(([, own]) =>
    own.every(({ qualifies }) => qualifies),
  )
  const width = (own: DesignAnalysis['scores']): number =>
    own.find(({ metric }) => metric === 'cost')?.halfWidth ?? Infinity
  return byDesign.toSorted(([, one], [, other]) => width(one) - width(other))[0]?.[0]
}

const blocksDone = ({ stretches }: DesignsDocument): number =>
  new Set(stretches.map(({ block }) => block)).size

const lead = (document: DesignsDocument): string =>
  `${document.designs.length} designs on ${document.workload} with ${document.connections} connections: ` +
  `${document.pairs.length} pairs, ${blocksDone(document)} blocks of fresh processes, the same measured time for each design.`

const longest = ({ designs }: DesignsDocument): number =>
  Math.max(...designs.map(({ windowMs }) => windowMs)) / 1_000

const legend = (document: DesignsDocument, { familyConfidence }: DesignAnalysis): string =>
  `Each column is a way of taking windows: "${document.reference}" of ${longest(document)} s, alternating ones of the length named, ` +
  `"duet" with both loaded at once. Ratios with half their ${percent(document.confidence)} % interval in percent (Student t over blocks). A star marks a ratio whose block-by-block ` +
  `difference to "${document.reference}" leaves out 0 at ${percent(familyConfidence)} % (so that all of one design hold together). ` +
  'Half-width: root mean square over the pairs. A chain a, b, c is (c / a) / ((b / a) (c / b)), each measured on its own: it should be 1.'

const choice = (document: DesignsDocument, analysis: DesignAnalysis): string => {
  const chosen = chosenDesign(analysis)
  return chosen === undefined
    ? 'No design agrees with the reference everywhere.'
    : `The narrowest design that agrees with "${document.reference}" on every pair is "${chosen}".`
}

/** The whole text, with a line feed at the end. */
export const renderDesigns = (document: DesignsDocument, path: string): string => {
  const analysis = analyseDesigns(document)
  const grids = designMetrics.map((metric) => {
    const { title, head, rows } = gridOf(document, analysis, metric)
    const plain = [head, ...rows].map((row) => row.map((text) => text.replace(' \\*', ' *')))
    return [`${title}:`, ...wideColumns(plain)].join('\n')
  })
  const { cores, cpu, kernel, node } = document.environment
  return `${[
    wrap(lead(document), 0),
    ...grids,
    wrap(choice(document, analysis), 0),
    wrap(legend(document, analysis), 0),
    [
      wrap(`machine  ${cores} x ${cpu}, kernel ${kernel}, Node ${node}`, 9),
      `result   ${path}`,
    ].join('\n'),
  ].join('\n\n')}\n`
}

/** For the page on measuring, without a line feed at the end. */
export const renderDesignsMarkdown = (document: DesignsDocument): string => {
  const analysis = analyseDesigns(document)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const grids = designMetrics.map((metric) => {
    const { title, head, rows } = gridOf(document, analysis, metric)
    return [
      `**${title}**`,
      '',
      line(head),
      line(head.map((_, index) => (index === 0 ? '---' : '---:'))),
      ...rows.map(line),
    ].join('\n')
  })
  const { cores, cpu, node } = document.environment
  return [
    `${lead(document)} Command: \`${document.command}\`; ${cores} x ${cpu}, Node ${node}.`,
    ...grids,
    choice(document, analysis),
    legend(document, analysis),
  ].join('\n\n')
}
