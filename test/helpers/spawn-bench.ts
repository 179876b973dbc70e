/** Starts the program as a process of its own, as a user does, and follows it. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readResult } from '../../bench/result/read.ts'
import type { Result } from '../../bench/results.ts'
import type { OwnHome } from './own-home.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const entry = fileURLToPath(new URL('../../bench/main.ts', import.meta.url))

/** A program that runs. */
export interface Started {
  readonly pid: number
  out(): string
  err(): string
  /** Resolves at its end with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  kill(signal: NodeJS.Signals): void
  /** Polls until `look` gives something. @throws when the program ends first, or the deadline passes */
  until<T>(look: () => T | undefined | false, deadlineMs?: number): Promise<T>
}

/** Starts any command in a home; its group is its own, so that no signal to it reaches the test. */
export function startCommand(
  t: { teardown(fn: () => unknown): unknown },
  { env }: OwnHome,
  command: string,
  args: readonly string[],
): Started {
  const child = spawn(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} did not start`)
  t.teardown(() => child.kill('SIGKILL'))
  let out = ''
  let err = ''
  let end: number | string | undefined
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = new Promise<number | string>((resolve) => {
    // `exit`, not `close`: what a killed program has started may hold its pipes a little longer.
    child.once('exit', (code, signal) => {
      end = signal ?? code ?? -1
      setImmediate(resolve, end)
    })
  })
  return {
    pid,
    out: () => out,
    err: () => err,
    ended,
    kill: (signal) => process.kill(pid, signal),
    async until(look, deadlineMs = 180_000) {
      const deadline = performance.now() + deadlineMs
      for (;;) {
        const seen = look()
        if (seen !== undefined && seen !== false) return seen
        if (end !== undefined) throw new Error(`it ended with ${end}:\n${out}${err}`)
        if (performance.now() > deadline) throw new Error(`nothing in ${deadlineMs} ms:\n${err}`)
        await sleep(50)
      }
    },
  }
}

/** Starts gapwise itself. */
export const startGapwise = (
  t: { teardown(fn: () => unknown): unknown },
  home: OwnHome,
  args: readonly string[],
): Started => startCommand(t, home, process.execPath, [entry, ...args])

/** Blocks in a result file that a run is still writing; undefined while there is no file. */
export const blocksIn = (path: string): number | undefined => {
  if (!existsSync(path)) return undefined
  const { windows } = JSON.parse(readFileSync(path, 'utf8')) as Pick<Result, 'windows'>
  return new Set(windows.map(({ block }) => block)).size
}

/** Reads and checks a result as `report` does. */
export const resultAt = (path: string): Promise<Result> => readResult(path)
