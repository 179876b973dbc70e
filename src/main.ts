/**
 * The contender's process: `node src/main.ts PROFILE` with DATABASE_URL, PORT and HOST.
 * The only file under src/ that touches process: arguments, environment, signals, exit.
 */
import cluster from 'node:cluster'
import { compose } from './compose.ts'
import { allWorkersListen, runPrimary, tellPrimary } from './cluster.ts'
import { readEnvironment } from './environment.ts'
import { exitCodes, GapwiseError } from './errors.ts'
import { cannotRestart, restartWith } from './node-flags.ts'
import { fillingsOf, resolveProfile } from './profile/resolve.ts'
import { quickStart } from './quick-start.ts'
import { serve } from './serve.ts'

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // A worker hears of a stop twice when the whole process group was told; what is in flight must not suffer.
    if (stop.signal.aborted && cluster.isPrimary)
      process.exit(name === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated)
    stop.abort()
  })
}

/** Replaces this process by itself with these flags, where it lacks one; then it does not return. */
function startAgainWith(nodeFlags: readonly string[]): void {
  const restart = restartWith(nodeFlags, process)
  if (restart === undefined || stop.signal.aborted) return
  if (process.execve === undefined) throw cannotRestart(nodeFlags)
  try {
    process.execve(restart.file, restart.args, restart.env)
  } catch (error) {
    throw cannotRestart(nodeFlags, error)
  }
}

async function main(spec: string | undefined): Promise<void> {
  if (spec === undefined) {
    throw new GapwiseError(
      'usage',
      'NO_PROFILE',
      'Expected a profile: node src/main.ts PROFILE, e.g. tuned.',
    )
  }
  const environment = readEnvironment(process.env)
  const profile = await resolveProfile(spec)
  const parts = compose(quickStart, fillingsOf(profile))

  const { workers, nodeFlags } = parts.launch
  if (workers > 1 && cluster.isPrimary) {
    await runPrimary(workers, [...process.execArgv, ...nodeFlags], stop.signal)
    return
  }
  startAgainWith(nodeFlags)
  let allListen = cluster.isPrimary
  process.on('message', (message) => {
    if (message === allWorkersListen) allListen = true
  })
  const announce = (address: string): void => {
    if (cluster.isPrimary || cluster.worker?.id === 1) {
      process.stderr.write(`${spec} listens on ${address}\n`)
    }
  }
  await serve(profile, parts, environment, () => allListen, stop.signal, announce)
}

try {
  await main(process.argv[2])
  process.exit(exitCodes.ok)
} catch (error) {
  if (error instanceof GapwiseError) {
    if (cluster.isWorker) await tellPrimary(error)
    else process.stderr.write(`${error.code}: ${error.message}\n`)
    process.exit(exitCodes[error.failure])
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(exitCodes.internal)
}
