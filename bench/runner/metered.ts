/** Reads the meters around a window: the contender's, the database's, and that of the downstream services. */
import type { CpuMeter } from '../cpu-meter.ts'
import { usesUpstream } from '../expectations.ts'
import type { Window } from '../results.ts'
import type { CellWork, RunParts } from './parts.ts'

/** What a meter counts while something happens; undefined without a meter. */
export const openReading = (meter: CpuMeter | undefined): (() => number | undefined) => {
  const beforeNs = meter?.readNs()
  return () => (meter === undefined ? undefined : meter.readNs() - (beforeNs ?? 0))
}

type Metered = Pick<Window, 'startedAtMs' | 'cpuNs' | 'databaseCpuNs' | 'upstreamCpuNs'>

/** Takes windows of a cell, each with its start and the CPU time that was used meanwhile. */
export const meterWindows = (
  parts: Pick<RunParts, 'contenders' | 'workloads' | 'databaseCpu' | 'upstreamCpu' | 'now'>,
  { cell: { workload }, running, startedMs }: Pick<CellWork, 'cell' | 'running' | 'startedMs'>,
): (<Reading>(arm: string, take: () => Promise<Reading>) => Promise<Reading & Metered>) => {
  const asksUpstream = parts.workloads.some((each) => each.name === workload && usesUpstream(each))
  return async (arm, take) => {
    const startedAtMs = parts.now() - startedMs
    const elsewhere = parts.contenders.find(({ id }) => id === arm)?.kind === 'url'
    const upstream = openReading(asksUpstream && !elsewhere ? parts.upstreamCpu : undefined)
    const own = openReading(running.get(arm)?.cpu)
    const database = openReading(elsewhere ? undefined : parts.databaseCpu)
    const reading = await take()
    const databaseCpuNs = database() ?? null
    const cpuNs = own() ?? null
    const upstreamCpuNs = upstream()
    return {
      startedAtMs,
      ...reading,
      cpuNs,
      databaseCpuNs,
      ...(upstreamCpuNs === undefined ? {} : { upstreamCpuNs }),
    }
  }
}
