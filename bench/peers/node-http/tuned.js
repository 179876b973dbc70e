/** The tuned level: one process per core, each with the parts that are in the folder tuned. */
import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import { serve } from './serve.js'
import { tunedLevel } from './tuned/level.js'

const cores = availableParallelism()

if (cores > 1 && cluster.isPrimary) {
  let closing = false
  for (let started = 0; started < cores; started++) cluster.fork()
  cluster.on('exit', (_worker, code) => {
    if (!closing) process.exit(code || 1)
  })
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      closing = true
      for (const worker of Object.values(cluster.workers)) worker.process.kill(signal)
    })
  }
} else {
  serve(tunedLevel(cores))
}
