/** The sections of README.md and docs/results.md that show published runs, as Markdown. */
import { atPoint } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Result } from '../results.ts'
import { atRates } from './at-rates.ts'
import { bulleted, listed } from './listed.ts'
import { renderMarkdown } from './markdown.ts'
import { overviewParts } from './overview.ts'
import { capacityQuestion, costQuestion, ratioTable } from './ratio-table.ts'

/** A run, or a part of it, and the whole with its comparisons worked out against each named peer. */
export interface PublishedRun {
  readonly result: Result
  readonly seenFromPeers: readonly Result[]
}

const folded = (summary: string, parts: readonly string[]): string[] => [
  `<details><summary>${summary}</summary>`,
  ...parts,
  '</details>',
]

/** What newcomers see first: a picture, then words; the figures are there for who opens them. */
export const firstSight = ({ result, seenFromPeers }: PublishedRun): string => {
  const { standing, tables, reading, origin } = overviewParts(result, seenFromPeers)
  return [
    '![CPU per request of tuned, max and the tuned peers on every workload, as a ratio to baseline, with intervals](docs/results.svg)',
    ...standing,
    ...folded('The same in figures, with requests/s, shares of gaps, gates and notes', [
      reading,
      ...tables,
    ]),
    origin,
  ].join('\n\n')
}

const standingOf = (lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [`Against the peers that were named, as a ratio of p99:\n\n${bulleted(lines)}`]

/** Verdicts of a run hold together in the metric that they are read from, and that is CPU. */
const latencyKey =
  'In ratios bold is shorter than with the base, plain is longer, italic could not be told apart, "same" lies within 2 %; ' +
  'each such word stands for its own 95 % interval alone. A dash: not measured there, or not known, which the notes of that run explain.'

/** Latency of a few contenders; what it rests on is folded. */
export const ratesAtFirstSight = (runs: readonly PublishedRun[]): string => {
  const parts = runs.map(({ result }) => result)
  const { standing, latency, cost } = atRates(
    parts,
    runs.flatMap(({ seenFromPeers }) => seenFromPeers),
  )
  const bases = parts.map((part) => {
    const { reading, origin } = overviewParts(part)
    return `${workloadsOf(part)}:\n\n${reading}\n${origin}`
  })
  return [
    ...standingOf(standing),
    latencyKey,
    ...latency,
    ...folded('CPU per request at these rates, gates, notes and commands', [...cost, ...bases]),
  ].join('\n\n')
}

/** A run of few contenders: ratios to its base, and where it was made. */
export const ratiosAtFirstSight = (result: Result): string => {
  const { reading, origin } = overviewParts(result)
  const tables = [costQuestion, capacityQuestion].flatMap(
    (question) => ratioTable([result], question) ?? [],
  )
  return [...tables, ...folded('Gates, notes and command', [`${reading}\n${origin}`])].join('\n\n')
}

const workloadsOf = ({ design }: Result): string => listed(design.workloads.map(({ name }) => name))

/** All contenders at fixed rates: one table over all runs, then every run whole. */
export const ratesWhole = (runs: readonly PublishedRun[]): string => {
  const results = runs.map(({ result }) => result)
  const { standing, latency, cost } = atRates(
    results,
    runs.flatMap(({ seenFromPeers }) => seenFromPeers),
  )
  return [
    ...standingOf(standing),
    latencyKey,
    ...latency,
    ...cost,
    ...results.map(
      (result) =>
        `### The run on ${workloadsOf(result)} ${atPoint(pointsOf(result.design)[0]!)}\n\n${renderMarkdown(result).trimEnd()}`,
    ),
  ].join('\n\n')
}
