/** What stands under the tables: warnings, and how and where the run was made. Plain lines of text. */
import { atPoint } from '../point.ts'
import { blocksDone } from '../result/firmness.ts'
import type { Result, Warning } from '../results.ts'
import { studyDesign } from './study.ts'
import { microseconds, percent } from './units.ts'

/** Warnings of one kind that are told in full; the rest is counted, the result file has them all. */
const mostOfOneKind = 3

/** Why cells are empty is always told. */
const alwaysTold = new Set([
  'CELL_ERRORS',
  'CELL_EMPTY',
  'BASE_MISSING',
  'RATE_NOT_HELD',
  'RATE_NOT_SENT',
  'GENERATOR_LATE',
  'NEVER_SENT',
  'FEW_SAMPLES',
])

/** Messages of the warnings, in order, with the many of one kind cut short. */
export const warningLines = (warnings: readonly Warning[]): string[] =>
  [...Map.groupBy(warnings, ({ code }) => code)].flatMap(([code, alike]) => {
    const messages = alike.map(({ message }) => message)
    if (alwaysTold.has(code) || messages.length <= mostOfOneKind) return messages
    const more = messages.length - mostOfOneKind + 1
    return [
      ...messages.slice(0, mostOfOneKind - 1),
      `${more} more notes ${code} are in the result file.`,
    ]
  })

/** How to read the tables. */
export const readingLine = (result: Result): string =>
  result.design.study === undefined ? comparing(result) : studying(result)

const studying = ({ design: { study, confidence } }: Result): string =>
  'requests are sent whatever the server does, and latency counts from when each was meant to be sent' +
  (study?.kind === 'sweep'
    ? ', less what the load generator itself was late; every contender runs at shares of its own capacity, so rows of two of them are not at one load; ' +
      'in brackets the smallest and the largest block'
    : `; the highest rate that was found to keep the limit, about 5 % coarse, with its ${percent(confidence)} % ` +
      'interval over blocks where there are two or more; ratios are contender / base, block by block')

const comparing = ({ contenders, design, gaps, comparisons }: Result): string =>
  `ratios are contender / ${contenders[0]?.id ?? 'base'} with their interval; CPU is microseconds per request, ` +
  "the contender's own + the database's; vCPU is cores used by both" +
  ((design.paced ?? []).length > 0
    ? '; at a fixed rate requests are sent whatever the server does, and latency counts from when each was meant to be sent, ' +
      'less what the load generator itself was late'
    : '') +
  ((design.paced ?? []).some(({ shareOfCapacity }) => shareOfCapacity !== undefined)
    ? '; at a share of its own capacity each contender runs at a load of its own, so latencies there do not compare servers at one load'
    : '') +
  (gaps.some(({ state }) => state === 'open')
    ? "; shares of a gap are on the scale of logarithms: 100 % is the peer's level"
    : '') +
  (comparisons.some(({ notSaturated }) => notSaturated === true)
    ? '; * a side was not saturated, so these are no capacities'
    : '')

/** What is known of the machine's own noise, beside the limit that it may have moved. */
const floorText = ({ floor }: Result['design']): string =>
  floor === undefined
    ? ''
    : ` (two identical servers differed by up to ${percent(floor.share)} % on this machine, ${floor.firm ? '' : 'indicative, '}${floor.blocks} blocks, ${floor.measuredAt.slice(0, 10)})`

/** How the run was made, so that it can be repeated. */
export const designLine = (result: Result): string => {
  const { design, seed, windows, sittings = [] } = result
  const { blocks, rounds, mostRounds, windowMs, paced = [], study } = design
  const { confidence, delta, precision } = design
  const done = blocksDone(result)
  const size = Math.max(0, ...result.comparisons.map(({ family }) => family?.size ?? 0))
  return [
    `seed ${seed}`,
    ...(sittings.length === 0 ? [] : [`made in ${sittings.length + 1} sittings`]),
    `${done < blocks ? `${done} of ${blocks}` : done} ${Math.max(done, blocks) === 1 ? 'block' : 'blocks'} of fresh processes`,
    ...(rounds > 0
      ? [
          `${rounds} rounds${mostRounds === undefined ? '' : ` (up to ${mostRounds} while a block is rough)`} x ` +
            `2 windows of ${windowMs} ms per contender`,
        ]
      : []),
    ...paced.map(
      (pace) =>
        `${atPoint(pace)} ${pace.rounds} ${pace.rounds === 1 ? 'round' : 'rounds'} x 2 windows of ` +
        `${pace.windowMs} ms after ${pace.settleMs} ms to settle, over up to ${pace.connections} connections`,
    ),
    ...(study === undefined ? [`${windows.length} windows`] : studyDesign(result)),
    ...(study?.kind === 'sweep' ? [] : [`${percent(confidence)} % intervals over blocks`]),
    ...(precision === undefined ? [] : [`stops at half-widths of ${percent(precision)} %`]),
    ...(study === undefined ? [`"same" means within ${percent(delta)} %${floorText(design)}`] : []),
    ...(size > 1 ? [`verdicts hold together over ${size} comparisons (Holm)`] : []),
  ].join(', ')
}

const range = (values: readonly number[]): string => {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(microseconds)
  return least === most ? `${least}` : `${least} to ${most}`
}

/** What an answer cost the load generator, so that engines can be compared; undefined where no loop was closed. */
export const loadLine = ({ summaries, environment }: Result): string | undefined => {
  const costs = summaries.filter(({ metric }) => metric === 'generatorCost')
  const points = new Set(costs.map(({ point }) => point.connections)).size
  const cells = Map.groupBy(costs, ({ workload, point }) =>
    points > 1 ? `${workload} ${atPoint(point)}` : workload,
  )
  if (cells.size === 0) return undefined
  return (
    `by ${environment.engine.name}, CPU of the generator for each answer: ` +
    [...cells]
      .map(([place, alike]) => `${place} ${range(alike.map(({ value }) => value))} µs`)
      .join(', ')
  )
}

/** Where the run was made. */
export const machineLine = ({ environment }: Result): string => {
  const { cores, cpu, virtual, kernel, governor, node, engine, database, coreBudget } = environment
  return [
    `${cores} x ${cpu}${virtual === true ? ' (virtual)' : ''}`,
    coreBudget,
    `kernel ${kernel}`,
    ...(governor === undefined ? [] : [`governor ${governor}`]),
    `Node ${node}`,
    ...(database === undefined ? [] : [`PostgreSQL ${database.version} (${database.origin})`]),
    `load by ${engine.name} ${engine.version}`,
    ...(environment.stealShare === undefined ? [] : [`steal ${percent(environment.stealShare)} %`]),
  ].join(', ')
}
