/** One process per core, by node:cluster; where there is one core, none besides this. */
import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'

function superviseWorkers(count) {
  let closing = false
  for (let started = 0; started < count; started++) cluster.fork()
  // A server that lost a process is not the one that was asked for.
  cluster.on('exit', (_worker, code) => {
    if (!closing) process.exit(code || 1)
  })
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      closing = true
      for (const worker of Object.values(cluster.workers)) worker.process.kill(signal)
    })
  }
}

/**
 * Runs `serve` in one process for each core that may be used.
 * @param serve is told how many processes there are
 */
export function onEachCore(serve) {
  const cores = availableParallelism()
  if (cores > 1 && cluster.isPrimary) superviseWorkers(cores)
  else serve(cores)
}
