/** Short ways to name what the claims ask of the runs. */
import { peers } from '../page-runs/contenders.ts'
import type { PageRunName } from '../page-runs/all.ts'
import type { FootprintKind, FootprintQuantity, RatioQuantity } from '../quantity.ts'
import type { Metric } from '../result/metrics.ts'

/** One of the quick starts against another. */
export const quickStarts = (
  contender: string,
  base: string,
  workload: string,
  metric: Metric = 'capacity',
): RatioQuantity => ({ kind: 'ratio', run: 'claims-defaults', contender, base, workload, metric })

/** Any two contenders of a run, in requests per second where nothing else is said. */
export const ratioIn = (
  run: PageRunName,
  contender: string,
  base: string,
  workload: string,
  metric: Metric = 'capacity',
): RatioQuantity => ({ kind: 'ratio', run, contender, base, workload, metric })

/** What a peer needs besides time. */
export const footprintOf = (
  measure: FootprintKind,
  contender: string,
  base?: string,
): FootprintQuantity => ({
  kind: 'footprint',
  run: 'claims-footprint',
  measure,
  contender,
  ...(base === undefined ? {} : { base }),
})

export const { gin, ginTuned, express, expressTuned, nest, fastapi, fastapiTuned } = peers

/** What is other than on a machine with many cores. */
export const oneCore =
  'Each contender has one core here, so a server that spreads over cores by itself, as Go does, gains nothing by that.'
