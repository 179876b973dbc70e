/** The verdict in words: what a contender needs and serves against the base, workload by workload. */
import { atPoint, isPaced, isSamePoint } from '../point.ts'
import { blocksDone, isIndicative } from '../result/firmness.ts'
import { pointsOf } from '../result/points.ts'
import type { Comparison, Result } from '../results.ts'
import { bounded, flipWords, wordOf } from './effect.ts'
import { gapSentences } from './gap-sentence.ts'
import { listed } from './listed.ts'
import { ownLoadSentences } from './own-load.ts'
import { latencySentences } from './latency-standing.ts'
import { tellsFigures } from './room.ts'
import { type Prices, sizingSentences } from './sizing.ts'
import { studySentences } from './study.ts'
import { percent, ratio, ratioDecimals } from './units.ts'
import { verdictOf } from './view.ts'

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const interval = ({ low, high }: Comparison): string => {
  if (low === undefined || high === undefined) return ''
  const decimals = ratioDecimals(low, high)
  return ` (${ratio(low, decimals)} to ${ratio(high, decimals)})`
}

const times = (comparison: Comparison): string => {
  return `${bounded(comparison, ratioDecimals(comparison.low, comparison.high))} times`
}

/** How a deciding metric is spoken of: `needs 0.9 times the CPU per request`, `costs the same`. */
interface Wording {
  readonly quantity: string
  readonly verb: string
  readonly same: string
}

const costWording: Wording = { quantity: 'CPU per request', verb: 'needs', same: 'costs the same' }
const wordings: Readonly<Partial<Record<Comparison['metric'], Wording>>> = {
  capacity: { quantity: 'requests/s', verb: 'serves', same: 'serves the same' },
  latencyP50: { quantity: 'p50 latency', verb: 'has', same: 'has the same p50 latency' },
  latencyP99: { quantity: 'p99 latency', verb: 'has', same: 'has the same p99 latency' },
}

const wordingOf = ({ metric }: Comparison): Wording => wordings[metric] ?? costWording

const isSettled = ({ verdict }: Comparison): boolean =>
  verdict !== 'unresolved' && verdict !== 'same'

/** Whether the interval alone would give a word that does not hold together with the run's other verdicts. */
const isCrowdedOut = ({ low, high, family }: Comparison, delta: number): boolean =>
  family !== undefined &&
  low !== undefined &&
  high !== undefined &&
  (low > 1 || high < 1 || (low >= 1 / (1 + delta) && high <= 1 + delta))

/** What is known on one workload at one point; `full` names both sides, later clauses need not. */
const clause = (
  deciding: Comparison,
  capacity: Comparison | undefined,
  delta: number,
  full: boolean,
): string => {
  const { workload, contender, base, verdict, furtherBlocks, low, fragile } = deciding
  const who = full ? `${contender} ` : ''
  const whose = full ? `${base}'s` : 'the'
  const { quantity, verb, same: alike } = wordingOf(deciding)
  const amount = `${times(deciding)} ${whose} ${quantity}${interval(deciding)}`
  if (verdict === 'same') {
    const same = full ? `${who}${alike} as ${base}` : 'the same'
    return `on ${workload} ${same} within ${percent(delta)} %${interval(deciding)}`
  }
  if (verdict === 'unresolved') {
    const seen = `on ${workload} ${full ? `${contender} against ${base} is ` : ''}unresolved: ${times(deciding)} the ${quantity}${interval(deciding)}`
    if (low === undefined) return `${seen}, one block gives no interval`
    if (deciding.controlMoved === true) return `${seen}, withheld as the control moved`
    if (deciding.bound !== undefined) return `${seen}, the generator was the limit`
    const crowd = isCrowdedOut(deciding, delta)
      ? `, not clear enough among ${deciding.family?.size} comparisons`
      : ''
    return furtherBlocks === undefined
      ? `${seen}${crowd}, too noisy to be settled by more blocks`
      : `${seen}${crowd}, about ${furtherBlocks} more ${furtherBlocks === 1 ? 'block' : 'blocks'} would settle it`
  }
  const also =
    capacity === undefined || capacity === deciding || !isSettled(capacity)
      ? ''
      : ` and ${full ? 'serves ' : ''}${times(capacity)} ${full ? 'its' : 'the'} requests/s${capacity.notSaturated === true ? ' (not saturated)' : ''}`
  const isMarked = fragile === true || deciding.notSaturated === true
  const word = verdict.startsWith('slightly') || isMarked ? `, ${wordOf(deciding)}` : ''
  return `on ${workload} ${who}${full ? `${verb} ` : ''}${amount}${also}${word}`
}

/** The operating point, where it is a fixed rate or not the only one to say so; with those that say otherwise. */
const pointWords = (deciding: Comparison, all: readonly Comparison[]): string => {
  const others = all.filter((each) => each !== deciding && wordOf(each) !== wordOf(deciding))
  const words = others.map((each) => `${wordOf(each)} ${atPoint(each.point)}`)
  const rest = words.length === 0 ? '' : ` (${flipWords(deciding, others)}${words.join(', ')})`
  const isTold = words.length > 0 || all.some(({ point }) => isPaced(point))
  return isTold ? ` ${atPoint(deciding.point)}${rest}` : ''
}

const strength = ({ ratio: value, verdict }: Comparison): number =>
  verdict === 'unresolved' ? -1 : verdict === 'same' ? 0 : Math.abs(Math.log(value))

/** What is known of a contender on one workload: its deciding comparison, and those at the other points. */
interface Known {
  readonly deciding: Comparison
  readonly capacity: Comparison | undefined
  readonly decidings: readonly Comparison[]
}

/** Of each workload, the clearest first. */
const knownOf = (result: Result, contender: string): Known[] => {
  const mine = result.comparisons.filter((comparison) => comparison.contender === contender)
  const perWorkload = result.design.workloads.flatMap(({ name }) => {
    const points = pointsOf(result.design).map((point) =>
      mine.filter((each) => each.workload === name && isSamePoint(each.point, point)),
    )
    const decidings = points.flatMap((comparisons) => verdictOf(result, comparisons) ?? [])
    // The point with the strongest word speaks, the others are named where they disagree.
    const deciding = decidings.toSorted((one, other) => strength(other) - strength(one))[0]
    if (deciding === undefined) return []
    const capacity = points
      .flat()
      .find(({ metric, point }) => metric === 'capacity' && isSamePoint(point, deciding.point))
    return [{ deciding, capacity, decidings }]
  })
  return perWorkload.toSorted((one, other) => strength(other.deciding) - strength(one.deciding))
}

const sentenceFor = (result: Result, contender: string): string | undefined => {
  const clauses = knownOf(result, contender).map(
    ({ deciding, capacity, decidings }, index) =>
      clause(deciding, capacity, result.design.delta, index === 0) +
      pointWords(deciding, decidings),
  )
  return clauses.length === 0 ? undefined : `${clauses.join('; ')}.`
}

/** The words alone, for runs whose figures only a table can hold. */
const briefFor = (result: Result, contender: string): string | undefined => {
  const known = knownOf(result, contender)
  const words = Map.groupBy(known, ({ deciding }) => wordOf(deciding))
  const points = pointsOf(result.design)
  const [only] = points
  const isOnce = points.length === 1 && only !== undefined && isPaced(only)
  const placeOf = ({ deciding, decidings }: Known): string =>
    isOnce ? deciding.workload : deciding.workload + pointWords(deciding, decidings)
  const clauses = [...words].map(
    ([word, alike]) => `${word === 'same' ? 'the same' : word} on ${listed(alike.map(placeOf))}`,
  )
  return clauses.length === 0
    ? undefined
    : `${isOnce ? `${atPoint(only)}, ` : ''}against ${known[0]?.deciding.base} ${contender} is ${clauses.join('; ')}.`
}

/** What a reader must know first of a run that is not whole; empty for one that is. */
export const stateNotes: Readonly<Record<Result['state'], string>> = {
  running: 'The run has not ended. ',
  partial: 'The run was stopped early. ',
  complete: '',
  invalid: 'The run is invalid, see the gates: do not use its numbers. ',
}

/** The stamp of a run whose base differed from itself; empty for others. */
const controlNote = ({ controls = [] }: Result): string => {
  const workloads = [...new Set(controls.flatMap(({ moved, workload }) => (moved ? workload : [])))]
  return workloads.length === 0
    ? ''
    : `Control moved on ${workloads.join(', ')}: the base differed from itself, so verdicts there are withheld. `
}

/** Sentences on contenders against the base; the first begins with the state of the run. */
const verdictSentences = (result: Result): string[] => {
  const [base, ...others] = result.contenders
  const done = blocksDone(result)
  const blocks = `${done} ${done === 1 ? 'block' : 'blocks'}`
  const opening = `${stateNotes[result.state]}${controlNote(result)}`
  if (base === undefined || others.length === 0)
    return [
      `${opening}${base?.id ?? 'Nothing'} was measured alone: name a second contender to compare.`,
    ]
  const tell = tellsFigures(result) ? sentenceFor : briefFor
  const sentences = others.flatMap(({ id }) => tell(result, id) ?? [])
  const [first, ...rest] = sentences
  if (first === undefined)
    return [`${opening}No verdict: there is nothing to compare with ${base.id}, see the notes.`]
  const lead = isIndicative(result) ? `Indicative (${blocks}): ${first}` : capitalize(first)
  return [`${opening}${lead}`, ...rest.map(capitalize), ...gapSentences(result)]
}

/**
 * The verdict in sentences, one per contender other than the base, then what is closed of the gap to each peer, then
 * what every fixed rate takes; the first begins with the state of the run and the word `indicative` where they apply.
 */
export const sentencesOf = (result: Result, prices: Prices = {}): string[] => {
  if (result.design.study === undefined)
    return [
      ...verdictSentences(result),
      ...latencySentences(result),
      ...sizingSentences(result, prices),
      ...ownLoadSentences(result),
    ]
  const [first = 'Nothing was found, see the notes.', ...rest] = studySentences(result)
  return [stateNotes[result.state] + first, ...rest]
}
