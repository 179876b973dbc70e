/** Renders all toggles as one Markdown document: docs/toggles.md. */
import type { Measured, ToggleFacts } from '../catalogue.ts'
import { isPaced, pointName } from '../point.ts'
import type { Comparison } from '../results.ts'
import { interval, isShown, metricNames, wordOf } from './effect.ts'
import { markdownTable as table } from './markdown-table.ts'
import { findingsOf } from './toggle-finding.ts'
import {
  byFamily,
  factsOf,
  measureCommand,
  measuredWords,
  recipeWords,
  summaryOf,
} from './toggle-words.ts'

const head = `<!-- Made by "npm run generate" from src/toggles, profiles, docs/recipes and bench/results/published. -->

# Toggles

A toggle is one performance decision. Each page says what the toggle does and what it gives up, what was
measured of it, and how to bring the same into an app of your own. In a terminal:
\`npm run gapwise -- toggles NAME\`.

Measured lines are read from the result files that are named with them, and from nothing else. A ratio is
contender / base: CPU per request is better below 1, requests/s above 1. "Added" compares a profile that
has the toggle with the same one that has not, "left out" the other way round.`

const code = (text: string): string => `\`${text}\``

const metricOf = ({ metric }: Comparison): string =>
  isShown(metric) ? metricNames[metric] : metric

/** The newest verdict on the workload that the toggle should move. */
export const inShort = ({ measured, expectation }: ToggleFacts): string => {
  const wanted = expectation?.moves ?? []
  const told = measured
    .filter(({ way }) => way === 'added')
    .flatMap(({ comparisons }) => comparisons)
    .find(({ workload }) => wanted.includes(workload))
  if (told === undefined) return measured.length === 0 ? 'not yet' : 'see its page'
  return `${told.workload}: ${metricOf(told)} ${interval(told)}, ${wordOf(told)}`
}

const index = (toggles: readonly ToggleFacts[]): string =>
  table(
    ['toggle', 'family', 'what it does', 'on in', 'measured'],
    byFamily(toggles).flatMap(([family, members]) =>
      members.map((toggle) => [
        `[${toggle.name}](#${toggle.name})`,
        family,
        summaryOf(toggle),
        toggle.profiles.map(({ profile }) => profile).join(', ') || '-',
        inShort(toggle),
      ]),
    ),
  )

/** In the column of connections; a fixed rate stands there in words. */
const placeOf = ({ point }: Comparison): string =>
  isPaced(point) ? pointName(point) : String(point.connections)

const renderMeasured = (measured: Measured): string =>
  [
    `**Measured**, ${measuredWords(measured)}:`,
    table(
      ['workload', 'connections', 'metric', 'ratio', 'verdict'],
      measured.comparisons.map((comparison) => [
        comparison.workload,
        placeOf(comparison),
        metricOf(comparison),
        interval(comparison),
        wordOf(comparison),
      ]),
    ),
  ].join('\n\n')

const renderPage = (toggle: ToggleFacts): string => {
  const { name, recipe, measured } = toggle
  const findings = findingsOf(toggle)
  const facts = factsOf(toggle).map(([label, text]) =>
    // As a link only what is one.
    label === 'docs' ? `- ${label}: <${text}>` : `- ${label}: ${text}`,
  )
  return [
    `### ${name}`,
    summaryOf(toggle),
    facts.join('\n'),
    ...(measured.length === 0
      ? [`Not measured yet: ${code(measureCommand(toggle))}`]
      : [...(findings.length === 0 ? [] : [findings.join(' ')]), ...measured.map(renderMeasured)]),
    ...(recipe === null
      ? []
      : [
          `**Recipe** (${code(recipe.folder)}). ${recipeWords(toggle)}`,
          `\`\`\`diff\n${recipe.diff}\n\`\`\``,
        ]),
  ].join('\n\n')
}

/** The whole document with a line feed at the end. */
export const renderTogglesMarkdown = (toggles: readonly ToggleFacts[]): string => {
  const families = byFamily(toggles).map(([family, members]) =>
    [`## ${family}`, ...members.map(renderPage)].join('\n\n'),
  )
  return `${[head, index(toggles), ...families].join('\n\n')}\n`
}
