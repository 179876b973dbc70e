/** Tells a command that the npm which runs it is gone, because nobody else will. */
import { readFileSync } from 'node:fs'
import { hasProc, identify, isAlive, readProcess } from './supervisor/process-table.ts'

const everyMs = 1000

/** npm, then possibly a shell, then the command. */
const mostParents = 3

const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // gone, or another user's: then it is not the npm that runs us
  }
}

/** The pids from the parent up to the package manager; the parent alone where that cannot be seen. */
function parentsUpToNpm(parent: number): number[] {
  const pids: number[] = []
  for (
    let pid = parent;
    pid > 0 && pids.length < mostParents;
    pid = readProcess(pid)?.parent ?? 0
  ) {
    pids.push(pid)
    if (/\b(npm|npx|pnpm|yarn)\b/.test(commandLine(pid))) return pids
  }
  return [parent]
}

/**
 * Calls back once when a process between this one and its package manager has ended. npm passes on every signal
 * that it can catch, but a killed npm (by a job runner's timeout, say) cannot, and the bench would go on loading the
 * machine for minutes, unseen. Without npm there is no watch: a command may be meant to outlive its shell.
 * @param environment of this process
 */
export function watchParents(
  onGone: () => void,
  environment: NodeJS.ProcessEnv = process.env,
): void {
  if (environment['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const parents = hasProc ? parentsUpToNpm(parent).map(identify) : []
  const timer = setInterval(() => {
    // A process whose parent has ended is given another one.
    if (process.ppid === parent && parents.every(isAlive)) return
    clearInterval(timer)
    onGone()
  }, everyMs)
  timer.unref()
}
