/** Tells a command that the npm which runs it is gone, because nobody else will. */
import { readFileSync } from 'node:fs'
import { hasProc, identify, isAlive, readProcess } from './supervisor/process-table.ts'

const everyMs = 1000

/** A script may call a script. */
const mostParents = 5

const isShell = (pid: number): boolean => {
  try {
    return /^(sh|ash|bash|dash|zsh)$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())
  } catch {
    return false // gone: then its end is what is watched for
  }
}

/** The parent, and where that is the shell of an npm script also its own: npm is the first that is no shell. */
function parentsUpToNpm(parent: number): number[] {
  const pids = [parent]
  for (let pid = parent; isShell(pid) && pids.length < mostParents;) {
    pid = readProcess(pid)?.parent ?? 0
    pids.push(pid)
  }
  return pids
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
