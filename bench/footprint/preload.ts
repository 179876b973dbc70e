/**
 * Loaded before a Node server in a footprint stand (`node --import`), never in a process whose cost is measured: counts
 * collections of garbage and, when told, makes one. It answers on a socket of the bench, as signals may have handlers
 * of the server's own and workers need an answer each. Threads beside the main one are left alone.
 */
import { connect } from 'node:net'
import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'
import { type Told, socketVariable } from './told.ts'

/** What Node adds to an entry of type `gc`. */
interface GcDetail {
  readonly kind: number
}

const { NODE_PERFORMANCE_GC_MINOR: minor, NODE_PERFORMANCE_GC_MAJOR: major } = constants

function answerOn(path: string): void {
  let collections = 0
  let collectingMs = 0
  const add = (entries: readonly PerformanceEntry[]): void => {
    for (const entry of entries) {
      const { duration, detail } = entry as PerformanceEntry & { readonly detail: GcDetail }
      const { kind } = detail
      // The others are parts of a major one.
      if (kind === minor || kind === major) collections++
      collectingMs += duration
    }
  }
  const observer = new PerformanceObserver((list) => add(list.getEntries()))
  observer.observe({ entryTypes: ['gc'] })

  const socket = connect(path)
  // The server ends when it would have ended without this, and a bench that has gone is no news to it.
  socket.unref().on('error', () => undefined)

  const tell = async (collect: boolean): Promise<void> => {
    // Entries are handed over in later turns of the loop.
    await turn()
    await turn()
    add(observer.takeRecords())
    const counted = { collections, collectingNs: Math.round(collectingMs * 1e6) }
    if (collect) {
      setFlagsFromString('--expose-gc')
      const gc = runInNewContext('gc') as () => void
      gc()
      // What was freed by the first may have held more.
      await turn()
      gc()
    }
    const told: Told = { pid: process.pid, ...counted, heapBytes: process.memoryUsage().heapUsed }
    socket.write(`${JSON.stringify(told)}\n`)
  }
  createInterface({ input: socket })
    .on('line', (line) => void tell(line === 'collect'))
    // It hands the socket's errors on.
    .on('error', () => undefined)
}

const path = process.env[socketVariable]
if (isMainThread && path !== undefined) answerOn(path)
