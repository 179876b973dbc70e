/** Reads the meters around a window: the contender's, the database's, and that of the downstream services. */
import type { CpuMeter } from '../cpu-meter.ts'
import { usesDatabase, usesUpstream } from '../expectations.ts'
import { openIo } from '../footprint/io.ts'
import type { Window } from '../results.ts'
import { type DatabaseShare, openDatabase } from './database-share.ts'
import type { CellWork, RunParts } from './parts.ts'

/** What a meter counts while something happens; undefined without a meter. */
export const openReading = (meter: CpuMeter | undefined): (() => number | undefined) => {
  const beforeNs = meter?.readNs()
  return () => (meter === undefined ? undefined : meter.readNs() - (beforeNs ?? 0))
}

type Metered = Pick<Window, 'startedAtMs' | 'cpuNs' | 'upstreamCpuNs' | 'io'> & DatabaseShare

const unknownDatabase = (): DatabaseShare => ({ databaseCpuNs: null })

/** Takes windows of a cell, each with its start and the CPU time and calls that were used meanwhile. */
export const meterWindows = (
  parts: Pick<
    RunParts,
    'contenders' | 'workloads' | 'databaseCpu' | 'databaseProcesses' | 'upstreamCpu' | 'now'
  >,
  work: Pick<CellWork, 'cell' | 'running' | 'databases' | 'startedMs'>,
): (<Reading>(arm: string, take: () => Promise<Reading>) => Promise<Reading & Metered>) => {
  const { cell, running, databases, startedMs } = work
  const own = parts.workloads.filter(({ name }) => name === cell.workload)
  const asksUpstream = own.some(usesUpstream)
  const asksDatabase = own.some(usesDatabase)
  // Found once, as looking through all processes takes longer than a window may wait.
  const pids = new Map(
    cell.contenders.map((arm) => [arm, running.get(arm)?.processes?.() ?? []] as const),
  )
  return async (arm, take) => {
    const startedAtMs = parts.now() - startedMs
    const elsewhere = parts.contenders.find(({ id }) => id === arm)?.kind === 'url'
    const upstream = openReading(asksUpstream && !elsewhere ? parts.upstreamCpu : undefined)
    const counted = openIo(pids.get(arm) ?? [])
    const databaseName = asksDatabase ? databases.get(arm) : undefined
    const database = elsewhere ? unknownDatabase : openDatabase(parts, databaseName)
    const cpu = openReading(running.get(arm)?.cpu)
    const reading = await take()
    const cpuNs = cpu() ?? null
    const databaseShare = database()
    const upstreamCpuNs = upstream()
    const io = counted()
    return {
      startedAtMs,
      ...reading,
      cpuNs,
      ...databaseShare,
      ...(upstreamCpuNs === undefined ? {} : { upstreamCpuNs }),
      ...(io === undefined ? {} : { io }),
    }
  }
}
