/** Looks at what else the machine does now: steal, other processes, load, pressure, swap. */
import type { MachineTime } from '../machine-time.ts'
import { quietLimits } from '../result/quiet.ts'
import { judged, type Finding } from '../doctor.ts'
import { percent } from '../report/units.ts'

/** Shares of time in which something waited, over the last minute (PSI `some avg60`); undefined where not told. */
export interface PressureFacts {
  readonly cpu: number | undefined
  readonly memory: number | undefined
  readonly io: number | undefined
}

/** The machine's state, taken while gapwise itself did nothing. */
export interface NoiseFacts {
  readonly cores: number
  /** Two readings a moment apart; undefined where not told. */
  readonly times: { readonly before: MachineTime; readonly after: MachineTime } | undefined
  /** Mean of runnable tasks over one minute. */
  readonly load: number
  readonly pressure: PressureFacts
  readonly swapUsedBytes: number | undefined
}

/**
 * Not measured, but set: a core's worth of other work in the last minute; for one second of twenty something waited
 * for a CPU or a disk; for one of a hundred it waited for memory, which then also empties caches.
 */
const limits = { loadPerMachine: 1, pressure: { cpu: 0.05, memory: 0.01, io: 0.05 } } as const

/** The line `some` of a file of /proc/pressure: its avg60 as a share. */
export const parsePressure = (text: string): number | undefined => {
  const [, percent] = /^some .*\bavg60=([\d.]+)/m.exec(text) ?? []
  return percent === undefined ? undefined : Number(percent) / 100
}

/** Bytes of swap in use, from /proc/meminfo. */
export const parseSwapUsed = (meminfo: string): number | undefined => {
  const kilobytes = (name: string): number | undefined => {
    const [, digits] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(meminfo) ?? []
    return digits === undefined ? undefined : Number(digits)
  }
  const [total, free] = [kilobytes('SwapTotal'), kilobytes('SwapFree')]
  return total === undefined || free === undefined ? undefined : (total - free) * 1024
}

const shareFinding = (
  name: string,
  share: number | undefined,
  limit: number,
  cure: string,
): Finding =>
  judged(
    'noise',
    name,
    share === undefined ? 'not told' : `${percent(share)} %`,
    share !== undefined && share > limit
      ? { state: 'note', cure: `${cure} (limit ${percent(limit)} %)` }
      : undefined,
  )

const shareOf = (
  times: NoiseFacts['times'],
  of: (time: MachineTime) => number,
): number | undefined => {
  if (times === undefined) return undefined
  const totalNs = times.after.totalNs - times.before.totalNs
  return totalNs > 0 ? (of(times.after) - of(times.before)) / totalNs : undefined
}

/** Judges how quiet the machine is. */
export const judgeNoise = ({
  cores,
  times,
  load,
  pressure,
  swapUsedBytes,
}: NoiseFacts): Finding[] => [
  shareFinding(
    'steal',
    shareOf(times, ({ stealNs }) => stealNs),
    quietLimits.steal,
    'The hypervisor gives this CPU time to other guests: measure at another hour, or on a machine of your own',
  ),
  shareFinding(
    'other processes',
    shareOf(times, ({ busyNs }) => busyNs),
    quietLimits.others,
    'Something runs beside: "top" names it; end it while you measure',
  ),
  judged(
    'noise',
    'load',
    `${load.toFixed(2)} on ${cores} ${cores === 1 ? 'core' : 'cores'}`,
    load > limits.loadPerMachine
      ? {
          state: 'note',
          cure: `In the last minute more than one task wanted a core (limit ${limits.loadPerMachine}): wait until it has ended.`,
        }
      : undefined,
  ),
  ...(['cpu', 'memory', 'io'] as const).map((resource) =>
    shareFinding(
      `pressure ${resource}`,
      pressure[resource],
      limits.pressure[resource],
      `Processes waited for ${resource === 'io' ? 'disks' : resource === 'cpu' ? 'a CPU' : 'memory'} in the last minute: wait, or end what runs beside`,
    ),
  ),
  judged(
    'noise',
    'swap',
    swapUsedBytes === undefined ? 'not told' : `${Math.round(swapUsedBytes / 2 ** 20)} MiB in use`,
    swapUsedBytes !== undefined && swapUsedBytes > 0
      ? {
          state: 'note',
          cure: 'Memory was short: what is fetched back from disk counts as waiting. Free memory, then sudo swapoff -a && sudo swapon -a.',
        }
      : undefined,
  ),
]
