/** Renders docs/claims.md: what others published, and what was found of it here. */
import { words, type JudgedCheck, type JudgedClaim, type Stated } from '../claim.ts'
import { tolerance } from '../claim/stated.ts'
import type { RunFacts } from '../page-runs/facts.ts'
import type { Quantity } from '../quantity.ts'
import { markdownTable } from './markdown-table.ts'
import { renderPageRuns } from './page-runs.ts'
import { figureWords, quantityWords, unitOf } from './quantity-words.ts'
import { percent, ratio } from './units.ts'

const share = `${percent(tolerance)} %`

const head = `<!-- Made by "npm run generate" from bench/claims and the result files that bench/generate.ts names. -->

# Claims checked

Articles give figures for FastAPI, Express and Go, and people bring them here as their question. Each claim is
restated as ratios, which a machine changes less than it changes requests per second, and each ratio is
measured in one run, with an interval. Claims are in our own words. What is not measured yet says so.

A peer's \`default\` is its framework's own quick start, \`tuned\` its own advice plus every idea that we give ourselves
([bench/peers](../bench/peers/README.md)).`

const rules = `## The words

Each check compares the 95 % interval of the measured number with the range that the claim states.

- **holds**: the whole interval lies in the range.
- **does not hold here**: the whole interval lies outside of it.
- **unresolved**: the interval reaches over an end of the range, or there is none. A longer run may tell.
- **not comparable**: the claim says too little to be checked, or what it speaks of does not exist here (a gap
  where there is none).
- **not measured**: the run has not been made, or has no such number. The reason stands there.

The range is the claim's own where it gives one. A single figure is taken with a tolerance of ${share} either way,
because published figures are round: 3.7 means 3.22 to 4.25. Where a claim gives no figure, the row says how it
was taken. Where the load generator or something else held a side back, the interval is open towards there.
Where a claim is about a part of a request and the whole was measured, the part moves by more than the
whole: its ratio lies beyond the measured one, and an amount of time is at most the whole's.

A claim with several checks **holds** only if all of them hold. If one does not, the claim does not hold here;
else, if one was not measured or is not comparable, that is its word; else it is unresolved. How many of its checks
hold stands beside the word.

A run of fewer than eight blocks, or on a busy machine, is *indicative*, and so are its words. Each word rests on its own interval, so of every hundred such words about five may be wrong by chance alone.
"Here" is one machine, the versions in the lock files, and the apps in this repository. A claim that does
not hold here may hold where it was made.`

const bold = (word: string): string => (word === 'not measured' ? word : `**${word}**`)

const number = (quantity: Quantity, value: number): string =>
  unitOf(quantity)?.format(value) ?? ratio(value)

/** `3.70 (3.22 to 4.25)` · `10.0 to 15.0` · `at least 1.02` */
const statedWords = (quantity: Quantity, { figure, low, high }: Stated): string => {
  const unit = unitOf(quantity)?.name ?? ''
  const [least, most] = [number(quantity, low), number(quantity, high)]
  if (figure !== undefined) return `${number(quantity, figure)}${unit} (${least} to ${most})`
  if (high === Number.POSITIVE_INFINITY) return `at least ${least}${unit}`
  return low === 0 ? `at most ${most}${unit}` : `${least} to ${most}${unit}`
}

const checkRow = ({ quantity, check, figure, absence, word }: JudgedCheck): string[] => {
  // There is nothing to state of what cannot be asked yet.
  const isAsked = check !== undefined && quantity.kind !== 'pending'
  const stated = isAsked
    ? `${statedWords(quantity, check.stated)}${check.taken === undefined ? '' : ` (${check.taken})`}${check.isPart === true ? ', of the part' : ''}`
    : '-'
  const ours = figure === undefined ? (absence ?? '-') : figureWords(quantity, figure)
  return [
    quantity.kind === 'pending' ? '-' : quantityWords(quantity),
    stated,
    ours,
    word === undefined ? '-' : bold(word),
  ]
}

const renderClaim = ({ claim, checks, word, explanations }: JudgedClaim): string =>
  [
    `### Claim ${claim.id}`,
    claim.says,
    [
      `- **${word}**${'notComparable' in claim ? `: ${claim.notComparable}` : ''}`,
      `- given with it: ${claim.given}`,
      `- different here: ${claim.differs}`,
      ...explanations.map((why) => `- what explains it: ${why}`),
    ].join('\n'),
    markdownTable(['what', 'claimed', 'here (95 % interval)', 'word'], checks.map(checkRow)),
  ].join('\n\n')

const counted = (claims: readonly JudgedClaim[]): string =>
  words
    .map((word) => [word, claims.filter((claim) => claim.word === word).length] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${word} ${count}`)
    .join(' · ')

/** `3 of 4`: a claim that does not hold whole may hold in most of what it says. */
const heldOf = (checks: readonly JudgedCheck[]): string => {
  const measured = checks.filter(({ word, figure }) => word !== undefined && figure !== undefined)
  const held = measured.filter(({ word }) => word === 'holds')
  return measured.length === 0 ? '-' : `${held.length} of ${measured.length}`
}

const index = (claims: readonly JudgedClaim[]): string =>
  markdownTable(
    ['#', 'claim', 'word', 'checks that hold'],
    claims.map(({ claim: { id, says }, word, checks }) => [
      `[${id}](#claim-${id})`,
      says,
      bold(word),
      heldOf(checks),
    ]),
  )

/** The whole page with a line feed at its end. */
export const renderClaims = (claims: readonly JudgedClaim[], runs: readonly RunFacts[]): string =>
  `${[
    head,
    `Of ${claims.length} claims: ${counted(claims)}.`,
    index(claims),
    rules,
    '## One by one',
    ...claims.map(renderClaim),
    renderPageRuns(runs),
  ].join('\n\n')}\n`
