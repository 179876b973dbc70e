/** The tuned level: Fastify beneath, one process per core. */
import cluster from 'node:cluster'
import { features } from '../features.js'
import { BulkWorldRows } from './bulk-world-rows.js'
import { processCount } from './processes.js'
import { serve } from './serve.js'

function startWorkers() {
  let closing = false
  for (let started = 0; started < processCount; started++) cluster.fork()
  cluster.on('exit', (_worker, code) => {
    if (!closing) process.exit(code || 1)
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      closing = true
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal)
    })
  }
}

if (processCount > 1 && cluster.isPrimary) startWorkers()
else await serve({ processes: processCount, worldRows: BulkWorldRows, features })
