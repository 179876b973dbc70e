/** Ends well: what is in flight is answered before the process goes. */
const sweepMs = 50

/** @param closeRest closes what the routes work with */
export function closeOnSignal(server, closeRest) {
  let closing = false
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      if (closing) return
      closing = true
      // close() ends what is idle now; what becomes idle after its last answer would stay for five seconds.
      const sweep = setInterval(() => server.closeIdleConnections(), sweepMs)
      server.close(async () => {
        clearInterval(sweep)
        await closeRest()
        // Where a cluster's primary has started this process, its channel would keep it alive.
        if (process.connected) process.disconnect()
      })
    })
  }
}
