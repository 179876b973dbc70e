/** Renders the list of workloads for a terminal. */
import type { WorkloadFacts } from '../catalogue.ts'
import { isShown, metricNames } from './effect.ts'
import { wrap } from './wrap.ts'

const ownMix = `A mix of your own is a JSON file with a description and weights, as
  { "description": "Mostly reads.", "weights": { "hot-key": 9, "users-create": 1 } }
then: --workload ./shop.json`

/** Every workload, at most 100 columns wide. */
export const renderWorkloadList = (workloads: readonly WorkloadFacts[]): string => {
  const width = Math.max(0, ...workloads.map(({ name }) => name.length))
  const entries = workloads.map(({ name, summary, endpoints, bottleneck, metric }) =>
    [
      wrap(`${name.padEnd(width)}  ${summary}`, width + 2),
      wrap(
        `${' '.repeat(width)}  endpoints: ${endpoints.join(', ')}; bottleneck: ${bottleneck}; judged by ${isShown(metric) ? metricNames[metric] : metric}`,
        width + 2,
      ),
    ].join('\n'),
  )
  return `${entries.join('\n')}\n\n${ownMix}\n`
}
