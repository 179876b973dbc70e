/** Writes the files that are made from the code: `npm run generate`. A test checks that they are fresh. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Value } from '@sinclair/typebox/value'
import { loadEndpoints } from '../src/load-endpoints.ts'
import { describeApi } from '../src/openapi.ts'
import { profileNames } from '../src/profile/read.ts'
import { loadToggle, toggleNames } from '../src/profile/resolve.ts'
import { profileSchema } from '../src/profile/schema.ts'
import type { ToggleFacts } from './catalogue.ts'
import { toggleCatalogue } from './catalogue/toggles.ts'
import { judgeClaim } from './claim/judge.ts'
import { allClaims } from './claims/all.ts'
import { designsSchema } from './designs/document.ts'
import { seenFromPeers } from './effect.ts'
import { countLedger } from './ledger/count.ts'
import { readLedger } from './ledger.ts'
import { runFacts } from './page-runs/facts.ts'
import { readPageRuns, type RunFiles } from './page-runs/read.ts'
import { measureParallel, quantitiesOf } from './parallel.ts'
import { steps } from './parallel/steps.ts'
import { benchDefaults } from './plan.ts'
import { measureQuantity } from './quantities/measure.ts'
import type { MeasuredRuns, Quantity } from './quantity.ts'
import { renderChart } from './report/chart.ts'
import { renderClaims } from './report/claims.ts'
import { renderDesignsMarkdown } from './report/designs.ts'
import { renderLedger } from './report/ledger.ts'
import { renderMarkdown } from './report/markdown.ts'
import { renderParallel } from './report/parallel.ts'
import {
  firstSight,
  type PublishedRun,
  ratesAtFirstSight,
  ratesWhole,
  ratiosAtFirstSight,
} from './report/published-sections.ts'
import { renderTogglesMarkdown } from './report/toggle-markdown.ts'
import { partOf } from './result/part.ts'
import { readResult } from './result/read.ts'
import { type Result, resultSchema } from './results.ts'

/** One generated file. */
export interface Generated {
  readonly file: URL
  readonly content: string
}

const readme = new URL('../README.md', import.meta.url)
const results = new URL('../docs/results.md', import.meta.url)

/** What the README and the page of results are about. */
const published = {
  everything: '2026-11-27-peers.json',
  atRates: [
    '2026-11-28-rate-small.json',
    '2026-11-28-rate-db.json',
    '2026-11-28-rate-rows.json',
    '2026-11-28-rate-updates.json',
    '2026-11-28-rate-checkout.json',
  ],
  /** Of contenders that do not hold the rate of the others, at one that they hold; for the page of results alone. */
  atLowerRates: ['2026-11-28-rate-checkout-slow.json'],
  ofMax: '2026-11-28-max.json',
} as const

/** What the README's picture and tables show; the page of results has all contenders. */
const readmeContenders = [
  'tuned',
  'max',
  'gin:tuned',
  'go-nethttp:tuned',
  'node-http:tuned',
  'express:tuned',
  'nest:tuned',
  'fastapi:tuned',
]

const publishedResult = (name: string): Promise<Result> =>
  readResult(fileURLToPath(new URL(`results/published/${name}`, import.meta.url)))

async function publishedWithPeers(name: string): Promise<PublishedRun> {
  const result = await publishedResult(name)
  return { result, seenFromPeers: seenFromPeers(result) }
}

/** Of what the README shows. */
const readmePart = ({ result, seenFromPeers }: PublishedRun): PublishedRun => ({
  result: partOf(result, { contenders: readmeContenders }),
  seenFromPeers,
})

/**
 * The published file of each run that docs/parallel.md and docs/claims.md are read from (bench/page-runs/all.ts says
 * what it measures, and the pages by which command); undefined until it was measured.
 */
const runFiles: RunFiles = {
  'parallel-database': '2026-11-27-parallel-database.json',
  'parallel-json': '2026-11-27-parallel-json.json',
  'parallel-workers': '2026-11-27-parallel-workers.json',
  'claims-defaults': '2026-11-27-claims-defaults.json',
  'claims-cpu': '2026-11-27-claims-cpu.json',
  'claims-tuned': '2026-11-27-claims-tuned.json',
  'claims-links': '2026-11-27-claims-links.json',
  'claims-checkout': '2026-11-28-claims-checkout.json',
  'claims-checkout-at-once': '2026-11-28-claims-checkout-at-once.json',
  'claims-footprint': '2026-11-27-claims-footprint.json',
  'hot-key': '2026-11-27-hot-key.json',
}

const measuring = new URL('../docs/measuring.md', import.meta.url)
const comparedDesigns = new URL('results/published/designs/2026-11-27-json.json', import.meta.url)

/**
 * A page with what stands between two marks replaced.
 * @throws Error when it has no such marks: it would stay as it is, and look fresh
 */
const withSection = (page: string, name: string, content: string): string => {
  const section = new RegExp(`<!-- ${name} -->[^]*<!-- end of ${name} -->`)
  if (!section.test(page)) throw new Error(`A page has no marks <!-- ${name} --> and their end`)
  return page.replace(section, () => `<!-- ${name} -->\n\n${content}\n\n<!-- end of ${name} -->`)
}

/** The runs that README and page of results show. */
interface PublishedRuns {
  readonly everything: PublishedRun
  readonly atRates: readonly PublishedRun[]
  readonly atLowerRates: readonly PublishedRun[]
  readonly ofMax: Result
}

async function readPublished(): Promise<PublishedRuns> {
  const { everything, atRates, atLowerRates, ofMax } = published
  return {
    everything: await publishedWithPeers(everything),
    atRates: await Promise.all(atRates.map(publishedWithPeers)),
    atLowerRates: await Promise.all(atLowerRates.map(publishedWithPeers)),
    ofMax: await publishedResult(ofMax),
  }
}

/** A page with several sections replaced. */
const withSections = (file: URL, sections: Readonly<Record<string, string>>): string =>
  Object.entries(sections).reduce(
    (page, [name, content]) => withSection(page, name, content),
    readFileSync(file, 'utf8'),
  )

/** The README with its results rendered from published files, so that no figure is typed. */
const readmeWithResults = ({ everything, atRates, ofMax }: PublishedRuns): string =>
  withSections(readme, {
    result: firstSight(readmePart(everything)),
    'result at a rate': ratesAtFirstSight(atRates.map(readmePart)),
    'result of max': ratiosAtFirstSight(ofMax),
  })

/** The same results whole, as `report --format md` shows them. */
const resultsPage = ({ everything, atRates, atLowerRates, ofMax }: PublishedRuns): string =>
  withSections(results, {
    result: renderMarkdown(everything.result).trimEnd(),
    'result of max': renderMarkdown(ofMax).trimEnd(),
    'result at a rate': ratesWhole([...atRates, ...atLowerRates]),
  })

/** The page on measuring with the figures that its rules rest on, from published files. */
async function measuringWithFigures(): Promise<string> {
  const entries = await readLedger()
  const present = entries.filter(({ windowMs }) => windowMs === benchDefaults.windowMs)
  const designs: unknown = JSON.parse(readFileSync(comparedDesigns, 'utf8'))
  return withSections(measuring, {
    designs: renderDesignsMarkdown(Value.Parse(designsSchema, designs)),
    ledger: renderLedger(countLedger(present)),
  })
}

/** The page on published claims, judged by what was measured. */
const claimsPage = (measured: MeasuredRuns): string => {
  const judged = allClaims.map((claim) =>
    judgeClaim(claim, (quantity) => measureQuantity(quantity, measured)),
  )
  const asked = judged.flatMap(({ checks }) => checks.map(({ quantity }) => quantity))
  return renderClaims(judged, runFacts(asked, measured))
}

/** FastAPI's steps beside ours. */
const parallelPage = (toggles: readonly ToggleFacts[], measured: MeasuredRuns): string => {
  const find = (quantity: Quantity) => measureQuantity(quantity, measured)
  return renderParallel(
    measureParallel(steps, toggles, find),
    runFacts(steps.flatMap(quantitiesOf), measured),
  )
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Every generated file with the content that it should have. */
export async function generatedFiles(): Promise<Generated[]> {
  const toggles = await Promise.all(toggleNames().map((name) => loadToggle(name, 'generate')))
  const [catalogue, measured, runs] = await Promise.all([
    toggleCatalogue(),
    readPageRuns(runFiles),
    readPublished(),
  ])
  return [
    {
      file: new URL('../profiles/schema.json', import.meta.url),
      content: asJson(profileSchema(toggles, profileNames())),
    },
    {
      file: new URL('result.schema.json', import.meta.url),
      content: asJson({ $schema: 'http://json-schema.org/draft-07/schema#', ...resultSchema }),
    },
    {
      file: new URL('contract/openapi.json', import.meta.url),
      content: asJson(await describeApi(await loadEndpoints())),
    },
    {
      file: new URL('../docs/toggles.md', import.meta.url),
      content: renderTogglesMarkdown(catalogue),
    },
    {
      file: new URL('../docs/parallel.md', import.meta.url),
      content: parallelPage(catalogue, measured),
    },
    { file: new URL('../docs/claims.md', import.meta.url), content: claimsPage(measured) },
    { file: readme, content: readmeWithResults(runs) },
    {
      file: new URL('../docs/results.svg', import.meta.url),
      content: renderChart(readmePart(runs.everything).result),
    },
    { file: results, content: resultsPage(runs) },
    { file: measuring, content: await measuringWithFigures() },
  ]
}

/** Whether a generated file on disk is what it should be. */
export const isFresh = ({ file, content }: Generated): boolean =>
  readFileSync(file, 'utf8') === content

if (import.meta.main) {
  for (const { file, content } of await generatedFiles()) writeFileSync(file, content)
}
