/** Renders docs/parallel.md: FastAPI's tuning steps beside ours, each with its effect on both sides. */
import type { ToggleFacts } from '../catalogue.ts'
import type { RunFacts } from '../page-runs/facts.ts'
import type { MeasuredStep, NoStep, Parallel, TakenStep } from '../parallel.ts'
import type { Found, RatioQuantity } from '../quantity.ts'
import { isShown, metricNames } from './effect.ts'
import { markdownTable } from './markdown-table.ts'
import { renderPageRuns } from './page-runs.ts'
import { foundWords } from './quantity-words.ts'
import { inShort } from './toggle-markdown.ts'
import { summaryOf } from './toggle-words.ts'

const head = `<!-- Made by "npm run generate" from src/toggles, bench/parallel and the result files that bench/generate.ts names. -->

# The parallel

Advice on tuning FastAPI comes as a list of steps: a faster serializer, a pool, more workers, schemas that are
built once, PgBouncer, Redis. Fastify has a counterpart of most of them. This page sets the two side by
side: what each step replaces on either side, and what it is worth there, measured in the same run.`

const reading = `A ratio is that of the step: after / before, with its 95 % interval. CPU per request is better below 1,
requests/s above 1. So the first three rows tell what the quick start gains over a bad habit, the following ones
what a step adds to the quick start. The two sides of a row are not compared with each other: each is compared
with itself. The same step may be worth more on one side because that side had more to lose.`

const toggleLink = (name: string): string => `[${name}](toggles.md#${name})`

const level = (contender: string): string => `\`${contender}\``

const isTaken = (side: TakenStep | NoStep): side is TakenStep => !('none' in side)

const arrow = ({ base, contender }: TakenStep): string => `${level(base)} → ${level(contender)}`

const oursCell = ({ step: { ours }, toggle }: MeasuredStep): string => {
  if (!isTaken(ours)) return ours.none
  const name = toggle === undefined ? [] : [toggleLink(toggle.name)]
  return [...name, ours.replaces, arrow(ours)].join('; ')
}

const theirsCell = ({ step: { theirs }, toggle }: MeasuredStep): string => {
  const counterpart = toggle?.counterpart ?? undefined
  const named = counterpart === undefined ? [] : [`counterpart: ${counterpart}`]
  return isTaken(theirs)
    ? [theirs.replaces, arrow(theirs), ...named].join('; ')
    : [theirs.none, ...named].join('; ')
}

const effectCell = (
  { step: { run, workload, metric } }: MeasuredStep,
  side: TakenStep | NoStep,
  found: Found | undefined,
): string => {
  if (!isTaken(side) || found === undefined) return '-'
  const { base, contender } = side
  const quantity: RatioQuantity = { kind: 'ratio', run, workload, metric, base, contender }
  return foundWords(quantity, found)
}

const placeCell = ({ step: { workload, metric, ours, theirs } }: MeasuredStep): string =>
  isTaken(ours) || isTaken(theirs)
    ? `${isShown(metric) ? metricNames[metric] : metric}, ${workload}`
    : '-'

const stepTable = (steps: readonly MeasuredStep[]): string =>
  markdownTable(
    ['step', 'Fastify', 'effect', 'FastAPI', 'effect', 'measured in'],
    steps.map((each) => [
      each.step.name,
      oursCell(each),
      effectCell(each, each.step.ours, each.ours),
      theirsCell(each),
      effectCell(each, each.step.theirs, each.theirs),
      placeCell(each),
    ]),
  )

const othersTable = (toggles: readonly ToggleFacts[]): string =>
  markdownTable(
    ['toggle', 'what it does', 'counterpart in FastAPI', 'measured on our side'],
    toggles.map((toggle) => [
      toggleLink(toggle.name),
      summaryOf(toggle),
      toggle.counterpart ?? 'none',
      inShort(toggle),
    ]),
  )

/** The whole page with a line feed at its end. */
export const renderParallel = ({ steps, others }: Parallel, runs: readonly RunFacts[]): string =>
  `${[
    head,
    '## Step by step',
    "Our side is the profiles of this repository, FastAPI's side the levels of [bench/peers/fastapi](../bench/peers/fastapi).",
    stepTable(steps),
    reading,
    '## The other toggles',
    'What else is a toggle here, with what it would be in FastAPI. These have no level of their own there, so their effect is known on our side alone.',
    othersTable(others),
    renderPageRuns(runs),
  ].join('\n\n')}\n`
