/** Opens a supervisor: reaps what dead commands left, starts the guardian, then starts and ends children. */
import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GapwiseError } from '../../src/errors.ts'
import type { Child, ChildSpec, Supervisor } from '../supervisor.ts'
import { killAll } from './end-child.ts'
import { strays } from './members.ts'
import { identify } from './process-table.ts'
import { reapLeftovers } from './reap.ts'
import { type ChildRecord, recordFile, removeRecord, world, writeRecord } from './run-record.ts'
import { spawnChild } from './spawn-child.ts'
import { startGuardian } from './start-guardian.ts'

/** UTC time to the second and six random letters, for example 20261121-040512-kqzmwt. */
const newRunId = (): string => {
  const time = new Date()
    .toISOString()
    .replaceAll(/[-:]|\..*/g, '')
    .replace('T', '-')
  const letters = Array.from({ length: 6 }, () => String.fromCharCode(97 + randomInt(26)))
  return `${time}-${letters.join('')}`
}

/** A socket's path must stay under 107 bytes, and the longest name that we put below is about 40. */
const shortTmpdir = (): string => (Buffer.byteLength(tmpdir()) <= 40 ? tmpdir() : '/tmp')

/**
 * Opens the supervisor of one command. Close it with `await using` or by Symbol.asyncDispose;
 * signals are the caller's business.
 * @param options.command the command line, for people who read the record
 */
export const openSupervisor = async ({ command }: { command: string }): Promise<Supervisor> => {
  await reapLeftovers()
  const runId = newRunId()
  const dir = join(shortTmpdir(), `gapwise-${runId}`)
  const file = recordFile(runId)
  const records = new Set<ChildRecord>()
  const paths = [dir]
  const running: Child[] = []
  let count = 0
  let closing: Promise<void> | undefined

  const save = () =>
    writeRecord(file, {
      format: 1,
      runId,
      command,
      world: world(),
      owner: identify(process.pid),
      children: [...records],
      paths,
    })

  save()
  const guardian = startGuardian(file)
  mkdirSync(dir, { mode: 0o700 })

  const spawn = async (spec: ChildSpec): Promise<Child> => {
    if (closing) {
      throw new GapwiseError(
        'internal',
        'SUPERVISOR_CLOSED',
        `expected an open supervisor to start ${spec.name}, but it is closing; start children before`,
      )
    }
    const safeName = spec.name.replaceAll(/[^\w.-]+/g, '_')
    const id = ++count
    const child = await spawnChild(spec, {
      runId,
      logFile: join(dir, `${id}-${safeName.slice(0, 40)}.log`),
      cgroupName: `gapwise-${runId}-${id}`,
      started(record) {
        records.add(record)
        save()
      },
      ended(record) {
        records.delete(record)
        if (!closing) save()
      },
    })
    running.push(child)
    return child
  }

  const stopAll = async () => {
    const failures: unknown[] = []
    for (let child = running.pop(); child; child = running.pop())
      await child.stop().catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }

  const close = async () => {
    await stopAll()
    // Where there are no cgroups, a process that has left its parents and its group is known by its run id alone.
    await killAll(() => strays(runId))
    for (const path of paths) await rm(path, { recursive: true, force: true, maxRetries: 3 })
    removeRecord(file)
    await guardian.dismiss()
  }

  return {
    runId,
    dir,
    spawn,
    stopAll,
    removeAtEnd(path) {
      paths.push(path)
      save()
    },
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}
