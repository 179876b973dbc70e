/** The Supervisor contract: every child process of a command is started, watched and ended here. */
import type { CpuMeter } from './cpu-meter.ts'

/** One rung of a stop ladder: a signal, and the time it has to work before the next one. */
export interface StopRung {
  readonly signal: NodeJS.Signals
  readonly graceMs: number
}

/** What to start. */
export interface ChildSpec {
  /** For messages and the log file's name: `postgres`, `contender-tuned`. */
  readonly name: string
  /** A program by path, or by name to be found on PATH. */
  readonly command: string
  readonly args: readonly string[]
  /** Added to this process's own environment; an empty value unsets a variable. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Standard output: thrown away (default), appended to the child's log file, or shared with ours. Standard error is always logged. */
  readonly stdout?: 'ignore' | 'log' | 'inherit'
  /** Signals to end it with, gentlest first (default SIGTERM, 5 s); SIGKILL always follows. */
  readonly stopLadder?: readonly StopRung[]
  /** Cores to run on (`taskset` list), e.g. [0]; all when absent. */
  readonly cores?: readonly number[]
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A running child: leader of a process group of its own. */
export interface Child {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  /** Settles when the leader has ended; never rejects. */
  readonly exited: Promise<Exit>
  /** CPU time of the child and all its descendants; keeps its last value when they are gone. */
  readonly cpu: CpuMeter
  /** The last lines of its log, for error messages. */
  logTail(lines?: number): string
  /**
   * Ends the whole group by its ladder; resolves when every process of it is gone. Safe to call twice.
   * @throws GapwiseError `internal` CHILD_UNKILLABLE when a process outlives SIGKILL
   */
  stop(): Promise<void>
}

/**
 * Owns every child of one command. Each child has its own process group and is named in a run record
 * (pid and start time); a guardian process ends the groups and removes the folders when this process
 * dies without doing so, even by SIGKILL; leftovers of runs whose guardian died too are reaped at the next start.
 */
export interface Supervisor extends AsyncDisposable {
  /** UTC time and random letters, all lower case; names the run everywhere. */
  readonly runId: string
  /** A private folder for sockets, logs and data, short enough for socket paths; removed at the end. */
  readonly dir: string
  /**
   * Starts a program and returns once it runs (not once it is ready).
   * @throws GapwiseError `environment` COMMAND_NOT_FOUND or SPAWN_FAILED
   */
  spawn(spec: ChildSpec): Promise<Child>
  /** Names one more folder or file to be removed at the end, also after a crash; call before making it. */
  removeAtEnd(path: string): void
  /** Ends all children, newest first. */
  stopAll(): Promise<void>
}
