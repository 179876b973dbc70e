/** Idle connections: what a server's memory grows by while clients that have asked once stay connected. */
import { on } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FootprintStand } from '../results.ts'
import { type Memory, notReadable, readMemory } from './memory.ts'

/** What is tried; the connections are held for at most `steadyMs` after the last was opened. */
export const idleRules = {
  connections: 2_000,
  /** Opened at once: fewer than a server's queue of new connections. */
  dialled: 100,
  /** Asked on one connection before the first reading, so that code and pools are there. */
  firstRequests: 200,
  /** Files that client or server may need besides. */
  spareFiles: 200,
  /** node:http closes a connection that has been idle for five seconds. */
  steadyMs: 2_500,
  stepMs: 150,
  /** So many readings in a row that differ by no more than this share are steady. */
  readings: 3,
  within: 0.005,
  /** Of the connections that were opened must be open at the end. */
  leastShare: 0.99,
} as const

export type IdleRules = Readonly<Record<keyof typeof idleRules, number>>

const answerMs = 10_000

/** The soft limit on open files of a process (proc_pid_limits(5)); undefined where it cannot be read. */
const openFilesLimit = (pid: number | 'self'): number | undefined => {
  try {
    const limit = /^Max open files +(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]
    return limit === undefined ? undefined : Number(limit)
  } catch {
    return undefined
  }
}

/** How many connections the limits on open files allow, and which limit it is where they are fewer. */
export const allowedConnections = (
  client: number | undefined,
  server: number | undefined,
  { connections, spareFiles }: IdleRules = idleRules,
): { readonly count: number; readonly fewer?: string } => {
  const limits = [
    { who: 'the bench', limit: client },
    { who: 'the server', limit: server },
  ].flatMap(({ who, limit }) => (limit === undefined ? [] : [{ who, limit }]))
  const lowest = limits.toSorted((one, other) => one.limit - other.limit)[0]
  const room = (lowest?.limit ?? Number.POSITIVE_INFINITY) - spareFiles
  if (lowest === undefined || room >= connections) return { count: connections }
  return {
    count: Math.max(0, room),
    fewer: `${lowest.who} may open ${lowest.limit} files (ulimit -n)`,
  }
}

/** A connection, and what ends the waiting for an answer on it. */
interface Client {
  readonly socket: Socket
  readonly closed: AbortSignal
}

/** Whether an answer is in to its last byte: what is left of it would be taken for the next one. */
const isWhole = (answer: string): boolean => {
  const [head = '', body] = answer.split('\r\n\r\n', 2)
  if (body === undefined) return false
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  const bodyLength = answer.length - head.length - 4
  return length === undefined ? answer.endsWith('0\r\n\r\n') : bodyLength >= Number(length)
}

/** @throws Error for another answer than 200, and for none */
const ask = async ({ socket, closed }: Client, url: URL, path: string): Promise<void> => {
  const signal = AbortSignal.any([closed, AbortSignal.timeout(answerMs)])
  const pieces = on(socket, 'data', { signal })
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`)
  let answer = ''
  for await (const [piece] of pieces) {
    answer += String(piece)
    if (isWhole(answer)) break
  }
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error('another answer than 200')
}

/** Opens a connection and asks once. @throws as `ask` */
const dial = async (url: URL, path: string): Promise<Client> => {
  const socket = connect(Number(url.port || '80'), url.hostname)
  const closing = new AbortController()
  // A character for each byte, so that lengths can be told.
  socket.setEncoding('latin1')
  socket.on('error', () => undefined).once('close', () => closing.abort())
  const client = { socket, closed: closing.signal }
  try {
    await ask(client, url, path)
    return client
  } catch (error) {
    socket.destroy()
    throw error
  }
}

const isSteady = (bytes: readonly number[], { readings, within }: IdleRules): boolean => {
  const last = bytes.slice(-readings)
  return (
    last.length === readings && Math.max(...last) - Math.min(...last) <= within * Math.max(...last)
  )
}

/** Memory once it no longer changes, or when that has taken long enough. */
const steadyMemory = async (
  pids: () => readonly number[],
  rules: IdleRules,
): Promise<Memory | undefined> => {
  const endMs = performance.now() + rules.steadyMs
  const seen: number[] = []
  for (;;) {
    const memory = readMemory(pids())
    if (memory === undefined) return undefined
    seen.push(memory.bytes)
    if (isSteady(seen, rules) || performance.now() >= endMs) return memory
    await sleep(rules.stepMs)
  }
}

/** What is known of idle connections, or why nothing is. */
export type Idle =
  | { readonly idle: NonNullable<FootprintStand['idle']> }
  | { readonly unknown: string }

/**
 * Reads the memory of a server without and with idle connections. Nobody is made to collect garbage, because not all
 * can be.
 * @param path answered with 200 and little text
 */
export async function measureIdle(
  url: URL,
  path: string,
  pids: () => readonly number[],
  rules: IdleRules = idleRules,
): Promise<Idle> {
  const servers = pids().flatMap((pid) => openFilesLimit(pid) ?? [])
  const server = servers.length === 0 ? undefined : Math.min(...servers)
  const { count, fewer } = allowedConnections(openFilesLimit('self'), server, rules)
  if (count === 0) return { unknown: fewer ?? 'no connection may be opened' }
  const clients: Client[] = []
  try {
    const first = await dial(url, path)
    clients.push(first)
    for (let asked = 1; asked < rules.firstRequests; asked++) await ask(first, url, path)
    const without = await steadyMemory(pids, rules)
    while (clients.length < count + 1) {
      const more = Math.min(rules.dialled, count + 1 - clients.length)
      const dialled = await Promise.allSettled(Array.from({ length: more }, () => dial(url, path)))
      for (const each of dialled) if (each.status === 'fulfilled') clients.push(each.value)
      if (dialled.some(({ status }) => status === 'rejected'))
        return { unknown: `only ${clients.length - 1} of ${count} idle connections came about` }
    }
    const loaded = await steadyMemory(pids, rules)
    const open = clients.slice(1).filter(({ closed }) => !closed.aborted).length
    if (open < rules.leastShare * count)
      return { unknown: `it kept only ${open} of ${count} idle connections` }
    if (without === undefined || loaded === undefined) return { unknown: notReadable }
    return {
      idle: {
        connections: count,
        withoutBytes: without.bytes,
        withBytes: loaded.bytes,
        ...(fewer === undefined ? {} : { fewer }),
      },
    }
  } catch (error) {
    return { unknown: `it did not answer ${path} (${(error as Error).message})` }
  } finally {
    for (const { socket } of clients) socket.destroy()
  }
}
