/** What the whole machine did with its CPU time, and what the bench itself used of it. */
import { readFileSync } from 'node:fs'

/** CPU time of all cores together since boot, in nanoseconds; only differences mean anything. */
export interface MachineTime {
  readonly totalNs: number
  /** Of processes: neither idle nor waiting for a disk, nor interrupts, nor stolen by the hypervisor. */
  readonly busyNs: number
  readonly stealNs: number
  /** Absent where the kernel does not tell (PSI). */
  readonly pressure?: CpuPressure
}

/** How long tasks had to wait for a CPU; only differences mean anything. */
export interface CpuPressure {
  /** Time in which at least one task of the machine was ready and waited. */
  readonly someNs: number
  /** When it was read, on a clock that only moves forward. */
  readonly atNs: number
}

/** The kernel tells user space times in ticks of 10 ms, whatever its own clock (USER_HZ). */
const tickNs = 10_000_000

/**
 * The line `cpu` of /proc/stat, see proc_stat(5). Interrupts are left out of what processes used: some kernels
 * account them to the process that they interrupt and some do not, and the bench's own traffic makes most of them.
 */
export const parseMachineTime = (procStat: string): MachineTime | undefined => {
  const fields = /^cpu +(.+)$/m.exec(procStat)?.[1]?.trim().split(/ +/).map(Number)
  // Guest times, which follow, are within user and nice.
  const counted = fields?.slice(0, 8)
  if (counted?.length !== 8 || counted.some(Number.isNaN)) return undefined
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = counted
  return {
    totalNs: counted.reduce((sum, ticks) => sum + ticks, 0) * tickNs,
    busyNs: (user + nice + system) * tickNs,
    stealNs: steal * tickNs,
  }
}

/** The total of the line `some` of /proc/pressure/cpu, in microseconds there; see the kernel's documentation, accounting/psi. */
export const parsePressureTotal = (procPressure: string): number | undefined => {
  const total = /^some .*\btotal=(\d+)$/m.exec(procPressure)?.[1]
  return total === undefined ? undefined : Number(total) * 1000
}

/** Undefined where a file is missing or hidden: no Linux, an old kernel, or a container. */
const readOrNothing = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** What a watch on the machine reads; tests replace it. */
export interface MachineClock {
  /** Undefined where the kernel does not tell. */
  time(): MachineTime | undefined
  /** CPU time that the bench's own process has used. */
  benchNs(): number
}

/** This machine and this process. */
export const machineClock: MachineClock = {
  time() {
    const time = parseMachineTime(readOrNothing('/proc/stat') ?? '')
    const someNs = parsePressureTotal(readOrNothing('/proc/pressure/cpu') ?? '')
    if (time === undefined || someNs === undefined) return time
    return { ...time, pressure: { someNs, atNs: performance.now() * 1e6 } }
  },
  benchNs() {
    const { user, system } = process.cpuUsage()
    return (user + system) * 1000
  },
}
