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

/** What a toggle should do, said before it is measured. */
export interface ToggleExpectation {
  /** Workloads that it should move, the plainest first. */
  readonly moves: readonly string[]
  /** Workloads that it should leave as they are. */
  readonly still: readonly string[]
  /**
   * What it should move there: the cost of a request, or, where that stays as it is, capacity (and with it
   * latency): cores, pools and a blocked loop do not change what one request takes (DESIGN 5).
   */
  readonly metric: 'cost' | 'capacity'
}

const costs = (moves: readonly string[], still: readonly string[]): ToggleExpectation => ({
  moves,
  still,
  metric: 'cost',
})

const limits = (moves: readonly string[], still: readonly string[]): ToggleExpectation => ({
  moves,
  still,
  metric: 'capacity',
})

/** What each toggle should move, by its name. */
export const toggleExpectations: Readonly<Record<string, ToggleExpectation>> = {
  'blocking-call': limits(['db'], ['json']),
  'bulk-update': costs(['updates'], ['json']),
  'compile-per-request': costs(['json'], ['plaintext']),
  'compiled-template': costs(['fortunes'], ['json']),
  'connection-per-request': costs(['db'], ['json']),
  'cpu-offload': limits(['cpu'], ['json']),
  'database-pool': limits(['db'], ['json']),
  // Its gain is in requests without a body; every user-create has one.
  'empty-request-fast-path': costs(['json', 'plaintext'], ['users-create']),
  'hijacked-reply': costs(['json'], ['cpu']),
  'http-client': costs(['fanout'], ['json']),
  'jwt-verify-cache': costs(['checkout'], ['json']),
  'native-serializer': costs(['posts'], ['plaintext']),
  orm: costs(['db'], ['json']),
  'parallel-queries': costs(['queries'], ['db']),
  'payload-cache': costs(['hot-key'], ['db']),
  'pipelined-queries': costs(['db'], ['json']),
  'postgres-js': costs(['db'], ['json']),
  'prepared-statements': costs(['db'], ['json']),
  'preserialized-payload': costs(['posts'], ['plaintext']),
  'read-batching': costs(['db'], ['json']),
  // Two lines cost the same on every route; they vanish only beside real work.
  'request-logging': costs(['json'], ['cpu']),
  'response-schema': costs(['posts'], ['plaintext']),
  'row-cache': costs(['hot-key'], ['db']),
  'row-mode': costs(['posts'], ['json']),
  'semi-space': costs(['posts'], ['plaintext']),
  'single-flight': costs(['hot-key'], ['json']),
  'unix-socket': costs(['db'], ['json']),
  // More processes in front of a database that is busy serve no more.
  workers: limits(['json'], ['updates']),
}

/** Whether a request of this workload reaches the database, so that its CPU time is part of the cost. */
export const usesDatabase = (workload: { readonly endpoints: readonly string[] }): boolean =>
  workload.endpoints.some((endpoint) => !databaseFree.has(endpoint))

/** Endpoints that ask the downstream services. */
const upstreamEndpoints = new Set(['fanout', 'checkout'])

/** Whether a request of this workload asks the downstream services, whose latency then bears on it. */
export const usesUpstream = (workload: { readonly endpoints: readonly string[] }): boolean =>
  workload.endpoints.some((endpoint) => upstreamEndpoints.has(endpoint))

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
  if (
    toggles.length > 0 &&
    toggles.every((name) => toggleExpectations[name]?.metric === 'capacity')
  )
    return 'capacity'
  return usesDatabase(workload) ? 'stackCost' : 'cost'
}
