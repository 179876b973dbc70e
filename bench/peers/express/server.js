/** The quick start. */
import express from 'express'
import pino from 'pino'
import { createApp } from './app.js'
import { makeAuthenticate, makeVerify } from './authenticate.js'
import { compileCheck } from './check.js'
import { closeOnSignal } from './close.js'
import { makeOperations } from './database/operations.js'
import { openPool } from './database/pool.js'
import { makeUpstream } from './upstream.js'

const { DATABASE_URL, UPSTREAM_URL, JWT_SECRET, HOST = '127.0.0.1', PORT = '3000' } = process.env

const sendJson = (res, value) => res.json(value)

const level = {
  configure: (app) => {
    app.set('view engine', 'ejs')
    app.use(express.json({ limit: '1mb' }))
  },
  routing: {},
  readBody: [],
  compileCheck,
  lists: { worlds: sendJson, posts: sendJson, users: sendJson },
  sendUser: sendJson,
  sendFortunes: (res, fortunes) => res.render('fortunes', { fortunes }),
}

const connections = openPool(DATABASE_URL)
const app = createApp(level, {
  database: makeOperations(connections),
  upstream: makeUpstream(UPSTREAM_URL),
  authenticate: makeAuthenticate(makeVerify(JWT_SECRET)),
  journal: pino(),
})
const server = app.listen(Number(PORT), HOST, (error) => {
  if (error) throw error
  console.log(`express listens on http://${HOST}:${PORT}`)
})
closeOnSignal(server, connections.close)
