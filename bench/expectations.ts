/** Which metric answers the question that a workload or a set of toggles asks. */
import type { Metric } from './result/metrics.ts'

/** Endpoints that never ask the database; any other one is taken to. */
const databaseFree = new Set([
  'plaintext',
  'json',
  'cached-queries',
  'cpu',
  'fanout',
  'healthz',
  'readyz',
  'profile',
])

/** Toggles that move capacity and latency, while the cost of a request stays as it is (DESIGN 5). */
const capacityToggles = new Set(['workers', 'database-pool'])

/** Whether a request of this workload reaches the database, so that its CPU time is part of the cost. */
export const usesDatabase = (workload: { readonly endpoints: readonly string[] }): boolean =>
  workload.endpoints.some((endpoint) => !databaseFree.has(endpoint))

/**
 * The metric that the verdict on a workload is given in: cost per request of the whole stack where the
 * database takes part, of the contender's own processes elsewhere.
 * @param toggles names of the toggles in which the contenders differ, where known; when all of them are
 *   about cores and pools the metric is capacity, because their gain is not a cheaper request
 */
export const primaryMetric = (
  workload: { readonly endpoints: readonly string[] },
  toggles: readonly string[] = [],
): Metric => {
  if (toggles.length > 0 && toggles.every((name) => capacityToggles.has(name))) return 'capacity'
  return usesDatabase(workload) ? 'stackCost' : 'cost'
}
