/** The options of commands that measure: text from the command line, turned into values at this one edge. */
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { GapwiseError } from '../src/errors.ts'
import { parseDuration } from './duration.ts'
import { benchDefaults } from './plan.ts'
import type { StudyRequest } from './plan/study-plan.ts'
import { parseLatency } from './services/upstream.ts'
import { studyFrom, type StudyOptions } from './study-options.ts'

/** As commander gives them. */
export interface MeasureOptions extends StudyOptions {
  readonly workload: string
  readonly connections?: string
  readonly rate?: string
  readonly budget?: string
  readonly blocks?: string
  readonly precision?: string
  readonly quick: boolean
  readonly seed?: string
  readonly engine: string
  readonly control?: boolean
  readonly cores?: string
  readonly databaseUrl?: string
  readonly upstreamLatency?: string
  readonly out?: string
  /** A result file to go on with. */
  readonly resume?: string
  /** Of `bench` alone, like the next. */
  readonly footprint?: boolean
  readonly against?: string
}

/** What to measure, checked as far as the words alone allow. */
export interface MeasureRequest {
  readonly workloads: readonly string[]
  /** Operating points in a closed loop; none where only rates were asked for. */
  readonly connections: readonly number[]
  /** Operating points at fixed rates, in requests per second. */
  readonly rates: readonly number[]
  /** Operating points at shares of each contender's own capacity: 0.3. */
  readonly shares: readonly number[]
  /** What is asked in place of them. */
  readonly study: StudyRequest | undefined
  readonly budgetMs: number
  /** As many as the budget has room for when undefined. */
  readonly blocks: number | undefined
  /** Half-width of every interval at which the run stops, as a share: 0.02; never when undefined. */
  readonly precision: number | undefined
  readonly quick: boolean
  /** A hidden duplicate of the base is measured too. */
  readonly control: boolean
  readonly seed: number
  readonly engine: string
  /** Cores for each contender; all when undefined. */
  readonly cores: number | undefined
  readonly databaseUrl: string | undefined
  /** What each answer of the downstream services waits. */
  readonly upstreamLatencyMs: number
  readonly out: string | undefined
  /** Starts further processes in each block to see what contenders need besides time. */
  readonly footprint: boolean
  /** Words for the peers that gaps are told to, which are measured too; none where gaps to all peers are told. */
  readonly against: readonly string[]
}

const largestSeed = 2 ** 31 - 1

const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
]

function wholeNumber(text: string, option: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new GapwiseError(
    'usage',
    'BAD_NUMBER',
    `${option} takes a whole number from ${least} to ${most}, found "${text}".`,
  )
}

/** Beyond this no generator here keeps the time. */
const largestRate = 1_000_000

/** Whether one of the rates is the same for all, and no share of a capacity. */
export const hasFixedRate = (rate: string | undefined): boolean =>
  rate !== undefined && listOf(rate).some((word) => !word.endsWith('%'))

/** All kinds of operating points: a rate alone is what was asked for, so no closed loop is added to it. */
function pointsFrom({
  connections,
  rate,
}: MeasureOptions): Pick<MeasureRequest, 'connections' | 'rates' | 'shares'> {
  const numbers = (words: readonly string[], option: string, most: number): number[] =>
    words.map((word) => wholeNumber(word, option, 1, most))
  // A rate that is none must not become a closed loop.
  const words = rate === undefined ? [] : listOf(rate).length === 0 ? [rate] : listOf(rate)
  const isShare = (word: string): boolean => word.endsWith('%')
  const rates = numbers(
    words.filter((word) => !isShare(word)),
    '--rate',
    largestRate,
  )
  const shares = words.filter(isShare).map((word) => share(word, '--rate', 0.01, 1, '30%'))
  if (connections !== undefined)
    return { connections: numbers(listOf(connections), '--connections', 1000), rates, shares }
  return { connections: words.length > 0 ? [] : benchDefaults.connections, rates, shares }
}

/** @param least and most: between them, as shares */
function share(text: string, option: string, least: number, most: number, such: string): number {
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? []
  const value = Number(percent) / 100
  if (value >= least && value <= most) return value
  throw new GapwiseError(
    'usage',
    'BAD_SHARE',
    `${option} takes a share from ${100 * least}% to ${100 * most}%, such as ${such}, found "${text}".`,
  )
}

/** A list that may not be empty where it is given. */
function someOf(text: string, option: string, code: string, such: string): string[] {
  const words = listOf(text)
  if (words.length > 0) return words
  throw new GapwiseError('usage', code, `${option} takes names such as ${such}; found none.`)
}

/**
 * Checks and converts the options.
 * @throws GapwiseError usage BAD_NUMBER, BAD_SHARE, BAD_DURATION, BAD_LATENCY, BAD_SLO, STUDY_ALONE,
 *   NO_WORKLOAD or NO_PEER
 */
export function parseMeasureOptions(options: MeasureOptions): MeasureRequest {
  const workloads = someOf(options.workload, '--workload', 'NO_WORKLOAD', 'json,db')
  const { quick, budget, blocks, precision, seed, cores } = options
  const study = studyFrom(options, options)
  return {
    workloads,
    ...(study === undefined ? pointsFrom(options) : { connections: [], rates: [], shares: [] }),
    study,
    budgetMs:
      budget === undefined
        ? quick
          ? benchDefaults.quickBudgetMs
          : benchDefaults.budgetMs
        : parseDuration(budget, '--budget'),
    blocks: blocks === undefined ? undefined : wholeNumber(blocks, '--blocks', 2, 1000),
    precision:
      precision === undefined ? undefined : share(precision, '--precision', 0.001, 0.5, '2%'),
    quick,
    control: options.control ?? false,
    seed: seed === undefined ? randomInt(largestSeed) : wholeNumber(seed, '--seed', 0, largestSeed),
    engine: options.engine,
    cores:
      cores === undefined ? undefined : wholeNumber(cores, '--cores', 1, availableParallelism()),
    databaseUrl: options.databaseUrl,
    upstreamLatencyMs: parseLatency(options.upstreamLatency ?? '0ms'),
    out: options.out,
    footprint: options.footprint ?? false,
    against:
      options.against === undefined
        ? []
        : someOf(options.against, '--against', 'NO_PEER', 'gin:tuned'),
  }
}

/** What commander fills in; what equals it need not be typed again. */
const defaults: Partial<MeasureOptions> = {
  workload: 'json,db,queries',
  connections: '32',
  engine: 'built-in',
  upstreamLatency: '0ms',
}

/** For a shell: in quotes where it would read more than a word. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./~#-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

/**
 * A command as a person would type it again. An address of a database is left out, because it may hold a password.
 * @param words the command's name and its arguments
 */
export function commandLine(
  words: readonly string[],
  { databaseUrl: _secret, out: _out, resume: _resume, ...options }: MeasureOptions,
): string {
  const flags = Object.entries(options)
    .filter(([name, value]) => value !== defaults[name as keyof typeof options])
    .flatMap(([name, value]) => {
      const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
      if (value === true) return [flag]
      return typeof value === 'string' ? [flag, value] : []
    })
  return [...words, ...flags].map(quoted).join(' ')
}
