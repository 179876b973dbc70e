/** How a run of the pages is made: its operating points, and the command as a person types it. */
import { commandLine } from '../measure-options.ts'
import type { PageRun } from '../page-runs.ts'
import { connectionsFor } from '../plan/pace.ts'
import type { Point } from '../point.ts'

/** The operating points of a run. */
export const pointsOfRun = ({ connections = [], ratePerSecond }: PageRun): Point[] => [
  ...connections.map((count) => ({ connections: count })),
  ...(ratePerSecond === undefined
    ? []
    : [{ connections: connectionsFor(ratePerSecond), ratePerSecond }]),
]

/** The command that makes a run. */
export const commandOf = (run: PageRun): string => {
  const { connections, ratePerSecond, upstreamLatencyMs, cores, footprint } = run
  const words = commandLine(['bench', '--', ...run.contenders], {
    workload: run.workloads.join(','),
    ...(connections === undefined ? {} : { connections: connections.join(',') }),
    ...(ratePerSecond === undefined ? {} : { rate: String(ratePerSecond) }),
    ...(upstreamLatencyMs === undefined ? {} : { upstreamLatency: `${upstreamLatencyMs}ms` }),
    ...(cores === undefined ? {} : { cores: String(cores) }),
    ...(footprint === undefined ? {} : { footprint }),
    blocks: String(run.blocks),
    budget: run.budget,
    seed: '1',
    quick: false,
    engine: 'built-in',
  })
  return `npm run ${words}`
}
