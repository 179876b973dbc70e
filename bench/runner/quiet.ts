/** Watches what else the machine does while a cell is measured. */
import type { CpuMeter } from '../cpu-meter.ts'
import type { MachineTime } from '../machine-time.ts'
import type { QuietReading } from '../result/quiet-schema.ts'
import type { RunParts } from './parts.ts'

type Watched = Pick<RunParts, 'machineClock' | 'databaseCpu' | 'upstreamCpu'>

const pressureBetween = (
  { pressure: before }: MachineTime,
  { pressure: after }: MachineTime,
): Pick<QuietReading, 'pressure'> =>
  before === undefined || after === undefined
    ? {}
    : {
        pressure: {
          someNs: after.someNs - before.someNs,
          elapsedNs: after.atNs - before.atNs,
        },
      }

/**
 * Begins to watch.
 * @param servers meters of all contenders that run, driven or not; undefined for one that is not known
 * @returns ends the watch: takes the generator's own CPU time in between; undefined where the machine does not tell
 */
export const watchQuiet = (
  { machineClock, databaseCpu, upstreamCpu }: Watched,
  servers: readonly (CpuMeter | undefined)[],
): ((generatorNs: number) => QuietReading | undefined) => {
  const before = machineClock?.time()
  if (machineClock === undefined || before === undefined) return () => undefined
  // A server or database that may or may not be on this machine would be taken for a stranger.
  const meters = [...servers, databaseCpu]
  const known = meters.every((meter) => meter !== undefined)
  const ownNs = (): number =>
    [...meters, upstreamCpu].reduce((sum, meter) => sum + (meter?.readNs() ?? 0), 0) +
    machineClock.benchNs()
  const ownBeforeNs = known ? ownNs() : 0
  return (generatorNs) => {
    const after = machineClock.time()
    if (after === undefined) return undefined
    const busyNs = after.busyNs - before.busyNs
    return {
      machineNs: after.totalNs - before.totalNs,
      stealNs: after.stealNs - before.stealNs,
      // Ticks are coarse, so a machine without strangers may come out below nothing.
      ...pressureBetween(before, after),
      ...(known ? { othersNs: Math.max(0, busyNs - (ownNs() - ownBeforeNs) - generatorNs) } : {}),
    }
  }
}
