/** `gapwise doctor`: what is missing here or noisy, with the cure for each. */
import { readFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodes } from '../../src/errors.ts'
import { allowedCores } from '../core-budget.ts'
import { cgroupSource } from '../cpu-meters/cgroup.ts'
import type { Finding } from '../doctor.ts'
import { judgeCoreSpeed, timeSlices } from '../doctor/core-speed.ts'
import { judgeLeftovers } from '../doctor/leftovers.ts'
import { judgeMachine } from '../doctor/machine.ts'
import { judgeNeeded, readNeeded } from '../doctor/needed.ts'
import { judgeNoise, parsePressure, parseSwapUsed, type NoiseFacts } from '../doctor/noise.ts'
import { lookForPrograms } from '../doctor/optional.ts'
import type { Io } from '../io.ts'
import { readMachine } from '../machine.ts'
import { machineClock } from '../machine-time.ts'
import { renderDoctor } from '../report/doctor.ts'
import { recordedRuns } from '../supervisor/leftovers.ts'
import { hasProc } from '../supervisor/process-table.ts'
import { reapLeftovers } from '../supervisor/reap.ts'

/** Options as commander gives them. */
export interface DoctorOptions {
  readonly reap: boolean
  readonly json: boolean
  readonly databaseUrl?: string
}

/** How long the machine is watched while gapwise does nothing: a hundred ticks of the kernel's counters per core. */
const watchMs = 1_000

/** The text of a file of the kernel; empty where there is none. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

async function readNoise(cores: number): Promise<NoiseFacts> {
  const before = machineClock.time()
  await sleep(watchMs)
  const after = machineClock.time()
  const [cpu, memory, io, meminfo] = await Promise.all(
    ['/proc/pressure/cpu', '/proc/pressure/memory', '/proc/pressure/io', '/proc/meminfo'].map(
      textOf,
    ),
  )
  return {
    cores,
    times: before === undefined || after === undefined ? undefined : { before, after },
    load: loadavg()[0] ?? 0,
    pressure: {
      cpu: parsePressure(cpu ?? ''),
      memory: parsePressure(memory ?? ''),
      io: parsePressure(io ?? ''),
    },
    swapUsedBytes: parseSwapUsed(meminfo ?? ''),
  }
}

async function examine({ reap, databaseUrl }: DoctorOptions): Promise<Finding[]> {
  if (reap) await reapLeftovers()
  const machine = await readMachine({ engine: { name: 'none', version: '0' }, coreBudget: '' })
  const allowed = allowedCores().length
  const cores = allowed === 0 ? machine.cores : allowed
  // Noise first: the looks after it are some themselves.
  const noise = [...judgeNoise(await readNoise(cores)), judgeCoreSpeed(timeSlices())]
  const needed = judgeNeeded(readNeeded(databaseUrl !== undefined, cores))
  const isCacheThere = needed.every(({ name, state }) => name !== 'cache' || state === 'ok')
  return [
    ...needed,
    ...(await lookForPrograms()),
    ...judgeMachine({
      cores,
      accounting: cgroupSource() ?? (hasProc ? 'schedstat' : 'none'),
      governor: machine.governor,
      virtual: machine.virtual,
      openFilesLimit: machine.openFilesLimit,
    }),
    ...noise,
    ...(isCacheThere ? judgeLeftovers(recordedRuns()) : []),
  ]
}

/** The exit code of what was found: 3 where nothing can be measured. */
export const doctorCode = (findings: readonly Finding[]): number =>
  findings.some(({ state }) => state === 'fatal') ? exitCodes.environment : exitCodes.ok

/**
 * Prints what was found; returns the exit code.
 * @param options.reap ends what dead commands left, as far as their run records name it, before looking
 */
export async function doctor(options: DoctorOptions, io: Io): Promise<number> {
  const findings = await examine(options)
  io.out(options.json ? `${JSON.stringify(findings, null, 2)}\n` : renderDoctor(findings))
  return doctorCode(findings)
}
