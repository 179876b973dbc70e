/** What a toggle's page says in words, the same in a terminal and in Markdown. */
import type { Measured, OptionFacts, ToggleFacts } from '../catalogue.ts'
import { settingBeside } from './setting.ts'
import { percent } from './units.ts'

/** A fact with its label. */
export type Fact = readonly [label: string, text: string]

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`)

const optionWords = ({ name, takes, default: value, description }: OptionFacts): string =>
  `${name}: ${takes}, default ${JSON.stringify(value)}. ${sentence(description)}`

const needs = ({ requires }: ToggleFacts): string[] =>
  requires.map(
    ({ toggle, when, because }) =>
      `${toggle}${when === undefined ? '' : ` where ${when} is on`}, because ${because}`,
  )

const expected = ({ expectation }: ToggleFacts): string[] => {
  if (expectation === null) return []
  const { moves, still, metric } = expectation
  const what = metric === 'cost' ? 'the CPU per request' : 'requests/s'
  return [`moves ${what} on ${moves.join(' and ')}, not on ${still.join(' or ')}`]
}

/** All that is to be said before anything measured; what does not apply is left out. */
export const factsOf = (toggle: ToggleFacts): Fact[] => {
  const { options, excludes, subsumes, subsumedBy, profiles } = toggle
  const facts: (readonly [label: string, texts: readonly string[]])[] = [
    ['options', options.map(optionWords)],
    ['gives up', [toggle.tradeoff]],
    ['FastAPI', [toggle.counterpart ?? 'no counterpart']],
    ['docs', [toggle.docs]],
    ['needs', needs(toggle)],
    ['excludes', excludes.map(({ toggle: other, reason }) => `${other}: ${reason}`)],
    ['subsumes', subsumes.map((other) => `${other}, which has no effect beside it`)],
    ['subsumed', subsumedBy.map((other) => `by ${other}, beside which it has no effect`)],
    [
      'on in',
      profiles.length === 0
        ? ['no shipped profile']
        : [
            profiles
              .map(
                ({ profile, options: set, subsumedBy: by }) =>
                  `${profile} (${settingBeside(set, by ?? undefined)})`,
              )
              .join(', '),
          ],
    ],
    ['expected', expected(toggle)],
  ]
  return facts.flatMap(([label, texts]) => texts.map((text): Fact => [label, text]))
}

/** The summary, with a word on what it is for where it is a bad habit. */
export const summaryOf = ({ anti, summary }: Pick<ToggleFacts, 'anti' | 'summary'>): string =>
  anti ? `${summary} (A bad habit, kept to be measured.)` : summary

/** How to measure a toggle on the workloads that it should and should not move. */
export const measureCommand = ({ name, requires, expectation }: ToggleFacts): string => {
  // What it cannot be on without stands on both sides.
  const base = ['baseline', ...requires.flatMap(({ toggle, when }) => (when ? [] : [toggle]))].join(
    '+',
  )
  const workloads = [...(expectation?.moves ?? []), ...(expectation?.still ?? [])]
  const choice = workloads.length === 0 ? '' : ` --workload ${workloads.join(',')}`
  return `npm run diff -- ${base} ${base}+${name} --measure${choice}`
}

/** What was compared, and how firmly: `added: baseline+x / baseline, 95 % interval (…)`. */
export const measuredWords = (measured: Measured): string => {
  const { way, contender, base, blocks, startedAt, path, indicative, comparisons } = measured
  const confidence = comparisons[0]?.confidence
  const certain = confidence === undefined ? '' : `, ${percent(confidence)} % interval`
  const strength = indicative ? 'indicative, ' : ''
  return `${way}: ${contender} / ${base}${certain} (${strength}${blocks} blocks, ${startedAt.slice(0, 10)}, ${path})`
}

/** How the recipe is to be read. */
export const recipeWords = ({ anti }: ToggleFacts): string =>
  anti
    ? 'The habit as it comes into an app, outside gapwise. Where you find it, do the reverse: + goes, - comes.'
    : 'The same in an app of your own, outside gapwise: + comes, - goes.'

/** Toggles by family, both sorted by name. */
export const byFamily = (toggles: readonly ToggleFacts[]): [string, ToggleFacts[]][] =>
  [...Map.groupBy(toggles, ({ family }) => family)].toSorted(([a], [b]) => (a < b ? -1 : 1))
