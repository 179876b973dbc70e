/** Serves in this process, with the parts that are in this folder. */
import { createServer } from 'node:http'
import express from 'express'
import pino from 'pino'
import { createApp } from '../app.js'
import { makeAuthenticate } from '../authenticate.js'
import { closeOnSignal } from '../close.js'
import { makeOperations } from '../database/operations.js'
import { compileCheck } from './check.js'
import { lists } from './lists.js'
import { sendFortunes } from './page.js'
import { openPipelined } from './pipelined.js'
import { makeUpstream } from './upstream.js'
import { makeVerify } from './verify.js'

const { DATABASE_URL, UPSTREAM_URL, JWT_SECRET, HOST = '127.0.0.1', PORT = '3000' } = process.env

/** Of all processes together. */
const mostConnections = 4

const level = {
  configure: (app) => {
    app.disable('x-powered-by')
    app.disable('etag')
  },
  routing: { caseSensitive: true, strict: true },
  // Only the routes that take a body look for one.
  readBody: [express.json({ limit: '1mb' })],
  compileCheck,
  lists,
  sendFortunes,
}

/**
 * @param processes how many there are, this one among them
 * @param operations makes those that differ from the quick start's
 * @param sendUser writes one user
 */
export function serve({ processes, operations, sendUser }) {
  const most = Math.max(1, Math.floor(mostConnections / processes))
  const connections = openPipelined(DATABASE_URL, most)
  const app = createApp(
    { ...level, sendUser },
    {
      database: { ...makeOperations(connections), ...operations(connections) },
      upstream: makeUpstream(UPSTREAM_URL),
      authenticate: makeAuthenticate(makeVerify(JWT_SECRET)),
      journal: pino({ base: null }),
    },
  )
  const server = createServer({ optimizeEmptyRequests: true }, app)
  server.listen(Number(PORT), HOST, () => {
    console.log(`express listens on http://${HOST}:${PORT}`)
  })
  closeOnSignal(server, connections.close)
}
