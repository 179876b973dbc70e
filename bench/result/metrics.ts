/** The metrics that are derived from windows: name, unit and which direction is good. */
import type { Better } from '../stats/verdict.ts'

export const metrics = [
  'capacity',
  'cost',
  'databaseCost',
  'stackCost',
  'vcpu',
  'databaseVcpu',
] as const

export type Metric = (typeof metrics)[number]

/**
 * `better` is absent where neither direction is good by itself: cores used at capacity are reported, not judged.
 * - capacity: answers per second at the stated connections
 * - cost: CPU time of the contender's own processes per answer
 * - databaseCost: CPU time that the database spent on the contender's behalf per answer
 * - stackCost: the sum of both
 * - vcpu, databaseVcpu: cores in use while at capacity
 */
export const metricFacts: Readonly<
  Record<Metric, { readonly unit: string; readonly better?: Better }>
> = {
  capacity: { unit: 'requests/s', better: 'higher' },
  cost: { unit: 'ns/request', better: 'lower' },
  databaseCost: { unit: 'ns/request', better: 'lower' },
  stackCost: { unit: 'ns/request', better: 'lower' },
  vcpu: { unit: 'cores' },
  databaseVcpu: { unit: 'cores' },
}
