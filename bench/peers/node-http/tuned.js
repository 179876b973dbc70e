/** The tuned level: one process per core, each with the parts that are in the folder beside. */
import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import { serve } from './serve.js'
import { operations } from './tuned/operations.js'
import { renderFortunes } from './tuned/page.js'
import { openPipelined } from './tuned/pipelined.js'
import { serializers } from './tuned/serializers.js'
import { parseTarget } from './tuned/target.js'
import { makeUpstream } from './tuned/upstream.js'

/** Of all processes together. */
const mostConnections = 4

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
  const max = Math.max(1, Math.floor(mostConnections / cores))
  serve({
    serverOptions: { optimizeEmptyRequests: true },
    openPool: (url) => openPipelined(url, max),
    operations,
    makeUpstream,
    parseTarget,
    serializers,
    renderFortunes,
  })
}
