/** The Supervisor contract: every child process of a command is started, watched and ended here. */
import type { CpuMeter } from './cpu-meter.ts'

/** What to start. */
export interface ChildSpec {
  /** For messages and the log file's name: `postgres`, `contender-tuned`. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Standard output: thrown away (default), or appended to the child's log file. Standard error is always logged. */
  readonly stdout?: 'ignore' | 'log'
  /** Signals to end it with, gentlest first, each with the time it has to work before the next; SIGKILL always follows. */
  readonly stopLadder?: readonly { readonly signal: NodeJS.Signals; readonly graceMs: number }[]
  /** Cores to run on (`taskset` list), e.g. [0]; all when absent. */
  readonly cores?: readonly number[]
}

/** A running child: leader of a process group of its own. */
export interface Child {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  /** Settles when the leader has ended; never rejects. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** CPU time of the child and all its descendants. */
  readonly cpu: CpuMeter
  /** The last lines of its log, for error messages. */
  logTail(lines?: number): string
  /** Ends the whole group by its ladder; resolves when every process of it is gone. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Owns every child of one command. Each child has its own process group and is named in a run record
 * (pid and start time); a guardian process ends the groups and removes the folder when this process
 * dies without doing so, even by SIGKILL; leftovers of runs whose guardian died too are reaped at the next start.
 */
export interface Supervisor extends AsyncDisposable {
  /** UTC time and random letters; names the run everywhere. */
  readonly runId: string
  /** A private folder for sockets, logs and data, short enough for socket paths; removed at the end. */
  readonly dir: string
  spawn(spec: ChildSpec): Promise<Child>
  /** Ends all children, newest first. */
  stopAll(): Promise<void>
}
