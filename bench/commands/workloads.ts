/** `gapwise workloads`: what contenders can be measured with. */
import { exitCodes } from '../../src/errors.ts'
import type { WorkloadFacts } from '../catalogue.ts'
import { primaryMetric } from '../expectations.ts'
import type { Io } from '../io.ts'
import { renderWorkloadList } from '../report/workload-text.ts'
import { loadWorkload, workloadNames } from '../workloads/by-name.ts'
import type { TellOptions } from './toggles.ts'

async function workloadFacts(workloadName: string): Promise<WorkloadFacts> {
  const workload = await loadWorkload(workloadName)
  const { name, summary, endpoints, bottleneck } = workload
  return { name, summary, endpoints, bottleneck, metric: primaryMetric(workload) }
}

/** Prints the workloads; returns the exit code. */
export async function workloads({ json }: TellOptions, io: Io): Promise<number> {
  const all = await Promise.all(workloadNames().map(workloadFacts))
  io.out(json ? `${JSON.stringify(all, null, 2)}\n` : renderWorkloadList(all))
  return exitCodes.ok
}
