/** Asks a server at even times on a raw connection, and reports how long each answer took: see latency.ts. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

const { port, requests, everyMs } = workerData as {
  readonly port: number
  readonly requests: number
  readonly everyMs: number
}
const socket = connect(port, '127.0.0.1').setNoDelay()
await once(socket, 'connect')
const tookMs: number[] = []
const beganMs = performance.now()
for (let index = 0; index < requests; index++) {
  await sleep(Math.max(0, beganMs + index * everyMs - performance.now()))
  const askedMs = performance.now()
  socket.write('GET / HTTP/1.1\r\nHost: truth\r\n\r\n')
  await once(socket, 'data')
  tookMs.push(performance.now() - askedMs)
}
socket.destroy()
parentPort?.postMessage(tookMs)
