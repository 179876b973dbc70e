/** Starts one PostgreSQL server on a data folder and waits until it answers a query. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { GapwiseError } from '../../../src/errors.ts'
import type { Child, Supervisor } from '../../supervisor.ts'
import type { PostgresHome } from './home.ts'
import { serverSettings } from './settings.ts'

/** What the superuser of embedded clusters is called. */
export const superuser = 'gapwise'

export interface ServerOrder {
  readonly home: PostgresHome
  readonly supervisor: Supervisor
  readonly dataDir: string
  /** Where its unix socket goes. */
  readonly socketDir: string
  /** Listen on 127.0.0.1 too. */
  readonly tcp: boolean
}

export interface Server {
  readonly child: Child
  readonly port: number
}

const readyMs = 30_000

/** Fast shutdown, then immediate: either lets PostgreSQL end its own processes and memory. */
const stopLadder = [
  { signal: 'SIGINT', graceMs: 5000 },
  { signal: 'SIGQUIT', graceMs: 3000 },
] as const

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return address && typeof address === 'object' ? address.port : 0
}

/** One try to connect by socket and ask something. */
const answers = async (socketDir: string, port: number): Promise<boolean> => {
  const client = new Client({
    host: socketDir,
    port,
    user: superuser,
    database: 'postgres',
    ssl: false,
  })
  client.on('error', () => undefined) // a refused connection already rejects below
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false // not yet; the deadline and the server's own end are watched by the caller
  } finally {
    await client.end()
  }
}

const notStarted = (child: Child, found: string): GapwiseError =>
  new GapwiseError(
    'environment',
    'POSTGRES_START',
    `expected the embedded PostgreSQL to start, but ${found}; the end of its log:\n${child.logTail()}\n` +
      'Cure what it names, or give a server with --database-url',
  )

const untilReady = async (child: Child, order: ServerOrder, port: number): Promise<boolean> => {
  let ended = false
  void child.exited.then(() => (ended = true))
  const deadline = performance.now() + readyMs
  while (!(await answers(order.socketDir, port))) {
    if (ended) return false
    if (performance.now() > deadline)
      throw notStarted(child, `it gave no answer in ${readyMs / 1000} s`)
    await sleep(20)
  }
  return true
}

/**
 * Starts a server. The port was free a moment ago; if another program takes it first, another port is tried.
 * @throws GapwiseError `environment` POSTGRES_START with the end of its log
 */
export const startServer = async (order: ServerOrder): Promise<Server> => {
  const { home, supervisor, dataDir, socketDir } = order
  const settings = Object.entries(serverSettings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  for (let tries = 1; ; tries++) {
    const port = await freePort()
    const line = [...home.account.prefix, home.binaries.postgres].concat(
      ['-D', dataDir, '-k', socketDir, '-p', String(port), '-h', order.tcp ? '127.0.0.1' : ''],
      settings,
    )
    const [command = '', ...args] = line
    const env = home.binaries.env
    const child = await supervisor.spawn({
      name: 'postgres',
      command,
      args,
      env,
      stopLadder,
      stdout: 'log',
    })
    try {
      if (await untilReady(child, order, port)) return { child, port }
      const clash = /Address already in use|could not create any TCP\/IP sockets/.test(
        child.logTail(),
      )
      if (!clash || tries === 5) throw notStarted(child, 'it ended at once')
    } catch (error) {
      await child.stop()
      throw error
    }
    await child.stop()
  }
}
