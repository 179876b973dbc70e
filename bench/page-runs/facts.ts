/** What a page says of the runs that it was read from. */
import type { Published } from '../catalogue/measured.ts'
import type { PageRun } from '../page-runs.ts'
import type { MeasuredRuns, Quantity } from '../quantity.ts'
import { pageRuns, type PageRunName } from './all.ts'
import { commandOf } from './command.ts'

/** A run, and its result where it was measured. */
export interface RunFacts {
  readonly name: PageRunName
  readonly about: string
  /** That makes it. */
  readonly command: string
  readonly published: Published | undefined
}

/** The runs that a quantity is read from. */
export const runsOf = (quantity: Quantity): PageRunName[] => {
  switch (quantity.kind) {
    case 'pending':
      return []
    case 'narrowing':
      return [quantity.from.run, quantity.to.run]
    default:
      return [quantity.run]
  }
}

/** The runs that any of these quantities is read from, each once, in their own order. */
export const runFacts = (quantities: readonly Quantity[], measured: MeasuredRuns): RunFacts[] => {
  const wanted = new Set(quantities.flatMap(runsOf))
  return (Object.keys(pageRuns) as PageRunName[])
    .filter((name) => wanted.has(name))
    .map((name) => {
      const run: PageRun = pageRuns[name]
      return { name, about: run.about, command: commandOf(run), published: measured[name] }
    })
}
