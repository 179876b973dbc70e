/** Finds the processes of a server that runs on this machine, by the socket that it listens on. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { listenersAt } from './sockets.ts'
import { addDescendants, identify, processTable } from './supervisor/process-table.ts'

/** The processes behind a URL. */
export interface LocalServer {
  /** Processes whose trees, taken together, are the server and overlap nowhere. */
  readonly roots: readonly number[]
  /** The same text for the same processes: `4711@123456`, pid and start time of each. */
  readonly identity: string
}

/**
 * Programs that listen for a server elsewhere (in a container, on another machine): their CPU time is not the
 * server's. As /proc/PID/comm names them, so at most 15 characters.
 */
const forwarders = new Set([
  'docker-proxy',
  'rootlessport',
  'slirp4netns',
  'pasta',
  'pasta.avx2',
  'ssh',
  'kubectl',
])

/**
 * Finds the processes that hold the listening socket of `url`; of a cluster those are all that share it.
 * @returns undefined when the server is on another machine, in a container, or of a user whose processes
 *   cannot be seen from here
 */
export async function findLocalServer(url: URL): Promise<LocalServer | undefined> {
  const port = Number(url.port || '80')
  const address = await connectedAddress(url.hostname.replaceAll(/[[\]]/g, ''), port)
  if (!isOwnAddress(address)) return undefined
  const listeners = listenersAt(address, port)
  if (listeners.length === 0 || listeners.some(({ pids }) => pids.length === 0)) return undefined
  const pids = [...new Set(listeners.flatMap((listener) => listener.pids))].toSorted(
    (one, other) => one - other,
  )
  if (pids.some((pid) => forwarders.has(programName(pid)))) return undefined
  return {
    roots: rootsOf(pids),
    identity: pids.map((pid) => `${pid}@${identify(pid).start}`).join(' '),
  }
}

/** Those of `pids` that descend from none of the others. */
function rootsOf(pids: readonly number[]): number[] {
  const table = processTable()
  const below = new Set<number>()
  for (const pid of pids) {
    const tree = new Set([pid])
    addDescendants(table, tree)
    for (const other of tree) if (other !== pid) below.add(other)
  }
  return pids.filter((pid) => !below.has(pid))
}

/** The address that connections really go to: a host name may have several. */
async function connectedAddress(host: string, port: number): Promise<string> {
  const socket = connect({ host, port })
  try {
    await once(socket, 'connect')
    return socket.remoteAddress ?? ''
  } finally {
    socket.destroy()
  }
}

function isOwnAddress(address: string): boolean {
  if (address.startsWith('127.')) return true
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((entry) => entry.address === address),
  )
}

function programName(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
