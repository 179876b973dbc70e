/** Measures one cell of a block: every arm warmed up, then windows in mirrored rounds. */
import type { Running } from '../contender.ts'
import type { CpuMeter } from '../cpu-meter.ts'
import type { Load } from '../engine.ts'
import { openIo } from '../footprint/io.ts'
import { usesDatabase, usesUpstream } from '../expectations.ts'
import type { CellPlan } from '../plan.ts'
import { pointOf } from '../point.ts'
import type { PlateauWindow, Warmup, Window } from '../results.ts'
import { type DatabaseShare, openDatabase } from './database-share.ts'
import { type Drive, driveOf, type OnAnswers } from './drive.ts'
import { overwhelmedArms } from './overwhelmed.ts'
import type { RunParts } from './parts.ts'
import { warmUp } from './warm-up.ts'

/** One cell of one block. */
export interface CellWork {
  readonly block: number
  readonly cell: CellPlan
  readonly running: ReadonlyMap<string, Running>
  /** Names of the contenders' own databases. */
  readonly databases: ReadonlyMap<string, string>
  readonly load: Load
  /** When the run began, by the parts' clock. */
  readonly startedMs: number
  readonly onAnswers: OnAnswers
}

/** What a cell leaves. */
export interface CellRecord {
  readonly windows: readonly Window[]
  /** At twice the connections. */
  readonly plateau: readonly PlateauWindow[]
  readonly warmups: readonly Warmup[]
}

const unknownDatabase = (): DatabaseShare => ({ databaseCpuNs: null })

const nothing: CellRecord = { windows: [], plateau: [], warmups: [] }

/** What a meter counts while something happens; undefined without a meter. */
const openReading = (meter: CpuMeter | undefined): (() => number | undefined) => {
  const beforeNs = meter?.readNs()
  return () => (meter === undefined ? undefined : meter.readNs() - (beforeNs ?? 0))
}

/** @returns nothing when it was interrupted */
export async function measureCell(parts: RunParts, work: CellWork): Promise<CellRecord> {
  const { plan, now, signal, workloads } = parts
  const { block, cell, running, load, startedMs } = work
  const { workload } = cell
  const drive = driveOf(load, cell, plan.windowMs, work.onAnswers)
  const warmups = await warmUp({
    block,
    cell,
    signal,
    drive: async (arm, durationMs) => {
      const own = openReading(running.get(arm)?.cpu)
      const reading = await drive.warmUp(arm, durationMs)
      return { reading, cpuNs: own() }
    },
  })
  if (signal.aborted) return nothing

  // Found once, as looking through all processes takes longer than a window may wait.
  const pids = new Map(
    cell.contenders.map((arm) => [arm, running.get(arm)?.processes?.() ?? []] as const),
  )
  const windows: Window[] = []
  const plateau: PlateauWindow[] = []
  const firstWindowMs = now()
  const own = workloads.filter(({ name }) => name === workload)
  const asksUpstream = own.some(usesUpstream)
  const asksDatabase = own.some(usesDatabase)
  const isElsewhere = (arm: string): boolean =>
    parts.contenders.find(({ id }) => id === arm)?.kind === 'url'
  const take = async (by: Drive, arm: string, round: number, position: number) => {
    await by.settle(arm)
    const startedAtMs = now() - startedMs
    const elsewhere = isElsewhere(arm)
    const upstream = openReading(asksUpstream && !elsewhere ? parts.upstreamCpu : undefined)
    const counted = openIo(pids.get(arm) ?? [])
    const databaseName = asksDatabase ? work.databases.get(arm) : undefined
    const database = elsewhere ? unknownDatabase : openDatabase(parts, databaseName)
    const cpu = openReading(running.get(arm)?.cpu)
    const reading = await by.window(arm)
    const cpuNs = cpu() ?? null
    const databaseShare = database()
    const upstreamCpuNs = upstream()
    const io = counted()
    return {
      block,
      workload,
      ...pointOf(cell),
      contender: arm,
      round,
      position,
      startedAtMs,
      ...reading,
      cpuNs,
      ...databaseShare,
      ...(upstreamCpuNs === undefined ? {} : { upstreamCpuNs }),
      ...(io === undefined ? {} : { io }),
    }
  }
  const { plateau: twice } = cell
  const doubled =
    twice && driveOf(load, { ...cell, ...twice, rounds: [] }, plan.windowMs, work.onAnswers)
  for (const [round, arms] of cell.rounds.entries()) {
    // Windows at a rate wait for nobody, save for those that it overwhelms.
    if (cell.pace === undefined && round >= 2 && now() - firstWindowMs > cell.limitMs) break
    const overwhelmed = overwhelmedArms(windows)
    for (const [position, arm] of arms.entries()) {
      if (signal.aborted) return nothing
      if (overwhelmed.has(arm)) continue
      windows.push(await take(drive, arm, round, position))
    }
    if (twice === undefined || doubled === undefined) continue
    const { connections } = twice
    const order = twice.rounds.find(({ after }) => after === round)?.arms ?? []
    for (const [position, arm] of order.entries()) {
      if (signal.aborted) return nothing
      const window = await take(doubled, arm, round, position)
      plateau.push({ ...window, connections, stated: cell.connections })
    }
  }
  return { windows, plateau, warmups }
}
