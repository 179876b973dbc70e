/** Which processes listen on a port of this machine, and which ports are free. */
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { processTable } from './supervisor/process-table.ts'

/** A listening socket and the processes that hold it: several when a cluster shares it. */
export interface Listener {
  readonly inode: string
  /** Empty when the holders belong to another user and cannot be seen. */
  readonly pids: readonly number[]
}

const tables = ['/proc/net/tcp', '/proc/net/tcp6'] as const

/** LISTEN in the kernel's tables (include/net/tcp_states.h). */
const listenState = '0A'

/** Whether this machine tells who listens where. */
export const listenersAreVisible = (): boolean => existsSync(tables[0])

/**
 * The sockets that take connections to an address: those bound to it, else those bound to all addresses.
 * @param address a numeric address such as 127.0.0.1 or ::1
 * @returns empty when nothing listens there, or where `listenersAreVisible()` is false
 */
export function listenersAt(address: string, port: number): Listener[] {
  const bound = tables.flatMap((table) => listeningRows(table, port))
  const exact = new Set(encodings(address))
  const rows = bound.some((row) => exact.has(row.address))
    ? bound.filter((row) => exact.has(row.address))
    : bound.filter((row) => /^0+$/.test(row.address))
  const holders = holdersOf(new Set(rows.map((row) => row.inode)))
  return rows.map(({ inode }) => ({ inode, pids: holders.get(inode) ?? [] }))
}

/** A port that was free on `host` a moment ago; another process may take it first. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  await using server = createServer()
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}

interface ListeningRow {
  readonly address: string
  readonly inode: string
}

function listeningRows(table: string, port: number): ListeningRow[] {
  if (!existsSync(table)) return []
  const rows: ListeningRow[] = []
  for (const line of readFileSync(table, 'utf8').trim().split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/)
    const [address = '', hexPort = ''] = (fields[1] ?? '').split(':')
    const inode = fields[9]
    if (fields[3] !== listenState || inode === undefined) continue
    if (Number.parseInt(hexPort, 16) === port) rows.push({ address, inode })
  }
  return rows
}

/** An address as the kernel's tables write it: words of four bytes, each in the machine's (little-endian) order. */
function encodings(address: string): string[] {
  const words = (bytes: readonly number[]): string => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 4) {
      for (const byte of bytes.slice(at, at + 4).toReversed()) {
        text += byte.toString(16).padStart(2, '0')
      }
    }
    return text.toUpperCase()
  }
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (v4 !== undefined) {
    const bytes = v4.split('.').map(Number)
    // A socket of family 6 also takes connections of family 4, as ::ffff:127.0.0.1.
    return [words(bytes), words([...Array<number>(10).fill(0), 255, 255, ...bytes])]
  }
  const [head = '', tail = ''] = address.split('%')[0]!.split('::')
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const missing = 8 - groups(head).length - groups(tail).length
  const all = [...groups(head), ...Array<number>(missing).fill(0), ...groups(tail)]
  return [words(all.flatMap((group) => [group >> 8, group & 255]))]
}

function holdersOf(inodes: ReadonlySet<string>): Map<string, number[]> {
  const holders = new Map<string, number[]>()
  if (inodes.size === 0) return holders
  for (const pid of processTable().keys()) {
    const held = heldSockets(pid)
    for (const inode of inodes) {
      if (held.has(inode)) holders.set(inode, [...(holders.get(inode) ?? []), pid])
    }
  }
  return holders
}

/** The inodes of all sockets that a process has open; empty for a process that ended or that is closed to us. */
function heldSockets(pid: number): Set<string> {
  const folder = `/proc/${pid}/fd`
  const inodes = new Set<string>()
  for (const fd of whileItLives(() => readdirSync(folder)) ?? []) {
    const target = whileItLives(() => readlinkSync(`${folder}/${fd}`)) ?? ''
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    if (inode !== undefined) inodes.add(inode)
  }
  return inodes
}

/** Processes end while they are looked at, and those of other users are closed to us: neither is an error. */
function whileItLives<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') {
      return undefined
    }
    throw error
  }
}
