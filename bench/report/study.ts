/** What a study found, as tables and sentences shared by terminal and Markdown. */
import { pointName, rateWords } from '../point.ts'
import { kneeReference } from '../plan/study.ts'
import { kneeFactor } from '../result/curves.ts'
import type { Curve, Limit, Result } from '../results.ts'
import { figure, milliseconds, percent, ratio, ratioDecimals } from './units.ts'
import type { Row, Table } from './view.ts'

/** `p99 within 10 ms` */
const limitWords = ({ design: { study } }: Result): string =>
  study?.kind === 'slo'
    ? study.limits
        .map(
          ({ metric, limitUs }) =>
            `${metric === 'latencyP50' ? 'p50' : 'p99'} within ${Number((limitUs / 1_000).toFixed(3))} ms`,
        )
        .join(' and ')
    : ''

/** What stands in the way of a higher rate: in a table and in a sentence. */
const obstacles = {
  latency: { word: 'latency', words: 'latency is the limit' },
  rate: { word: 'capacity', words: 'capacity, not latency, is the limit' },
  errors: { word: 'failed answers', words: 'failed answers are the limit' },
  lag: { word: 'the generator', words: 'the generator is the limit' },
} as const

type InBlock = Limit['blocks'][number]

/** The obstacle of most blocks, the first of equals. */
const obstacleOf = (blocks: readonly InBlock[]): InBlock['limitedBy'] =>
  [...Map.groupBy(blocks, ({ limitedBy }) => limitedBy)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  )[0]?.[0]

const reasonOf = (blocks: readonly InBlock[], kind: 'word' | 'words'): string => {
  const obstacle = obstacleOf(blocks)
  if (obstacle !== undefined) return obstacles[obstacle][kind]
  return kind === 'word' ? 'nothing' : 'nothing limited it'
}

const isLost = ({ ratePerSecond }: InBlock): boolean => ratePerSecond === undefined

/** `not even 219/s`, or `not confirmed at 4,700/s` where lower rates have passed; the lowest of several blocks. */
const refusalOf = (blocks: readonly InBlock[]): string => {
  const lowest = blocks.toSorted((one, other) => (one.refused ?? 0) - (other.refused ?? 0))[0]
  const rate = `${figure(lowest?.refused ?? 0)}/s`
  return (lowest?.confirmations ?? 0) > 0 ? `not confirmed at ${rate}` : `not even ${rate}`
}

const ends = (
  { low, high }: { readonly low?: number; readonly high?: number },
  format: (value: number) => string,
): string => (low === undefined || high === undefined ? '' : ` (${format(low)}-${format(high)})`)

/** Over blocks: `4,593-5,083`, from the lowest that passed to the highest that did not. */
const bracketText = (blocks: readonly InBlock[]): string => {
  const lows = blocks.flatMap(({ bracketLow }) => bracketLow ?? [])
  const highs = blocks.flatMap(({ bracketHigh }) => bracketHigh ?? [])
  const from = lows.length === 0 ? '-' : figure(Math.min(...lows))
  return `${from} to ${highs.length === 0 ? '-' : figure(Math.max(...highs))}`
}

const ratioText = ({ ratio: found }: Limit): string => {
  if (found === undefined) return '-'
  const decimals = ratioDecimals(found.low, found.high)
  return `${ratio(found.value, decimals)}${ends(found, (value) => ratio(value, decimals))}`
}

const limitRow = (result: Result, limit: Limit): Row => {
  const { contender, ratePerSecond, blocks } = limit
  const capacity = blocks.reduce((sum, block) => sum + block.capacityPerSecond, 0) / blocks.length
  const sum = (of: (block: InBlock) => number): number =>
    blocks.reduce((total, block) => total + of(block), 0)
  const isBase = contender === result.contenders[0]?.id
  return {
    contender,
    numbers: [
      ratePerSecond === undefined ? '-' : `${figure(ratePerSecond)}${ends(limit, figure)}`,
      ratePerSecond === undefined ? '-' : `${percent(ratePerSecond / capacity)} %`,
      bracketText(blocks),
      `${sum(({ confirmed }) => confirmed)}/${sum(({ confirmations }) => confirmations)}`,
      isBase ? '1' : ratioText(limit),
    ],
    verdict: `${ratePerSecond === undefined ? `${refusalOf(blocks)}, ` : ''}${reasonOf(blocks, 'word')}`,
    tone: ratePerSecond === undefined ? 'bad' : 'plain',
  }
}

const limitTables = (result: Result, limits: readonly Limit[]): Table[] =>
  [...Map.groupBy(limits, ({ workload }) => workload)].map(([workload, rows]) => ({
    workload,
    place: limitWords(result),
    columns: ['requests/s', 'of capacity', 'bracket', 'confirmed', 'ratio'],
    last: 'limited by',
    rows: rows.map((limit) => limitRow(result, limit)),
  }))

type CurvePoint = Curve['points'][number]

const spreadText = (spread: CurvePoint['latencyP99']): string =>
  spread === undefined
    ? '-'
    : spread.least === spread.most
      ? milliseconds(spread.value)
      : `${milliseconds(spread.value)} (${milliseconds(spread.least)}-${milliseconds(spread.most)})`

const pointWords = ({ knee, held }: Curve, point: CurvePoint): string => {
  const { shareOfCapacity, achievedRate, unsent } = point
  if (unsent === true) return 'not sent, see notes'
  const lost = point.held ? '' : `, ${figure(achievedRate)} achieved`
  if (shareOfCapacity > (held ?? 0)) return `saturated${lost}`
  return shareOfCapacity === knee ? 'knee' : ''
}

const curveTables = (curves: readonly Curve[]): Table[] =>
  curves.map((curve) => ({
    workload: curve.workload,
    place: `${curve.contender}, by share of its own capacity`,
    head: 'of capacity',
    columns: ['requests/s', 'p50 ms', 'p99 ms'],
    last: '',
    rows: curve.points.map((point) => ({
      contender: `${percent(point.shareOfCapacity)} %`,
      numbers: [
        figure(point.ratePerSecond),
        spreadText(point.latencyP50),
        spreadText(point.latencyP99),
      ],
      verdict: pointWords(curve, point),
      tone: 'plain' as const,
    })),
  }))

/** Tables of a study; none for other runs. */
export const studyTables = (result: Result): Table[] => [
  ...limitTables(result, result.limits ?? []),
  ...curveTables(result.curves ?? []),
]

/** `p99 4.10 ms at 3,000 requests/s` */
const pointText = ({ ratePerSecond, latencyP99, held }: CurvePoint): string => {
  const what = latencyP99 === undefined ? 'no p99' : `p99 ${milliseconds(latencyP99.value)} ms`
  return `${held ? what : 'saturated'} at ${rateWords(ratePerSecond)}`
}

const curveSentence = (curve: Curve): string => {
  const { workload, contender, points, knee, kneeUnknown, held } = curve
  const at = points.findIndex(({ shareOfCapacity }) => shareOfCapacity === knee)
  const last = points.find(({ shareOfCapacity }) => shareOfCapacity === held)
  const saturated =
    last === undefined
      ? 'saturated at every rate'
      : last === points.at(-1)
        ? `held every rate up to ${rateWords(last.ratePerSecond)}`
        : `saturated beyond ${rateWords(last.ratePerSecond)}`
  const neighbours = [points[at - 1], points[at + 1]].flatMap((point) =>
    point === undefined ? [] : pointText(point),
  )
  const bend =
    kneeUnknown === true
      ? `its knee is not known, as there is no p99 at ${percent(kneeReference)} % of its capacity`
      : knee === undefined
        ? `its p99 stays within ${kneeFactor} times that at ${percent(kneeReference)} % of its capacity as far as it holds`
        : `its knee is ${pointText(points[at]!)} (beside it ${neighbours.join(' and ')})`
  return `On ${workload} ${contender} ${saturated}; ${bend}.`
}

const limitSentence = (result: Result, limit: Limit): string => {
  const { workload, contender, ratePerSecond, ratio: found, blocks } = limit
  const lost = blocks.filter(isLost)
  const where = `On ${workload} ${contender}`
  const keeps = limitWords(result)
  if (ratePerSecond === undefined)
    return `${where} does not keep ${keeps}, ${refusalOf(blocks)}: ${reasonOf(blocks, 'words')}.`
  const without =
    lost.length === 0
      ? ''
      : `, and in ${lost.length} of ${blocks.length} blocks no rate was found (${refusalOf(lost)})`
  const obstacle = obstacleOf(blocks)
  const least = obstacle === undefined || obstacle === 'lag' ? 'at least ' : ''
  const against = found === undefined ? '' : `, ${ratioText(limit)} times the rate of ${found.base}`
  return `${where} keeps ${keeps} up to ${least}${rateWords(ratePerSecond)}${ends(limit, figure)}${against}: ${reasonOf(blocks, 'words')}${without}.`
}

/** One sentence for each contender on each workload; none for other runs. */
export const studySentences = (result: Result): string[] => [
  ...(result.limits ?? []).map((limit) => limitSentence(result, limit)),
  ...(result.curves ?? []).map(curveSentence),
]

/** How the rates of a study came about, for the line of the design. */
export const studyDesign = ({ design: { study }, capacities, probes = [] }: Result): string[] => {
  if (study === undefined) return []
  const connections = capacities?.[0]?.connections
  const capacity =
    connections === undefined
      ? []
      : [`each contender's capacity taken in each block with ${pointName({ connections })}`]
  return [
    ...capacity,
    study.kind === 'sweep'
      ? `${study.shares.length} rates x ${study.windows} windows of ${study.windowMs} ms after ${study.settleMs} ms to settle, per contender and block`
      : `each search brackets and halves to 5 %, probes after ${study.settleMs} ms to settle`,
    `${probes.length} probes`,
  ]
}
