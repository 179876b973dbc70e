/** Starts a server of ours or a peer on a free port and proves that the port is really its own. */
import { setTimeout as sleep } from 'node:timers/promises'
import { GapwiseError } from '../../src/errors.ts'
import type { Running, StartUp } from '../contender.ts'
import { freePort, listenersAreVisible, listenersAt } from '../sockets.ts'
import type { Child } from '../supervisor.ts'
import { addDescendants, isRunning, processTable } from '../supervisor/process-table.ts'
import { type Patience, untilReady, watchEnd } from './ready.ts'

const host = '127.0.0.1'
const startAttempts = 3
const endIsToldMs = 1_000

/** How to start one server. */
export interface Start {
  /** For messages. */
  readonly id: string
  /** Answers 200 once the server is ready. */
  readonly readyPath: string
  spawn(port: number): Promise<Child>
  /** Further proof that it is the server meant; throws GapwiseError contender. */
  readonly verify?: (url: URL) => Promise<void>
  /** What tests replace. */
  readonly choosePort?: () => Promise<number>
  readonly patience?: Patience
}

/**
 * Starts a server on a port that nobody else has, trying again when another process takes the port first.
 * @throws GapwiseError contender CONTENDER_START, CONTENDER_DIED, STALE_SERVER, or what `verify` throws
 */
export async function startOnFreePort(start: Start): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const port = await (start.choosePort ?? freePort)()
    const spawnedMs = performance.now()
    const child = await start.spawn(port)
    try {
      const url = new URL(`http://${host}:${port}/`)
      await untilReady(child, new URL(start.readyPath, url), start.patience)
      const startUp = { readyMs: performance.now() - spawnedMs, cpuNs: child.cpu.readNs() }
      const running = runningChild(child, start, url, port, startUp)
      await running.verifyIdentity()
      return running
    } catch (error) {
      const portWasTaken = isPortTaken(error, child)
      await child.stop()
      if (!portWasTaken || attempt === startAttempts) throw error
    }
  }
}

function runningChild(
  child: Child,
  { id, verify }: Start,
  url: URL,
  port: number,
  startUp: StartUp,
): Running {
  const ended = watchEnd(child)
  return {
    url,
    cpu: child.cpu,
    startUp,
    processes: () => [...treeOf(child.pid)].filter(isRunning),
    async verifyIdentity() {
      try {
        assertOwnPort(child, id, port)
        await verify?.(url)
      } catch (error) {
        // What a dying process leaves undone is seen before its end is told.
        await Promise.race([child.exited, sleep(endIsToldMs, undefined, { ref: false })])
        const how = ended()
        throw how === undefined ? error : died(child, id, how, error)
      }
      const how = ended()
      if (how !== undefined) throw died(child, id, how)
    },
    [Symbol.asyncDispose]: () => child.stop(),
  }
}

const died = (child: Child, id: string, how: string, cause?: unknown): GapwiseError =>
  new GapwiseError(
    'contender',
    'CONTENDER_DIED',
    `${id} ${how} while it was needed. The end of its log:\n${child.logTail()}`,
    { cause },
  )

/** Where the machine does not tell who listens, nothing is claimed and nothing refused. */
function assertOwnPort(child: Child, id: string, port: number): void {
  if (!listenersAreVisible()) return
  const listeners = listenersAt(host, port)
  const own = treeOf(child.pid)
  const isOwn = (pid: number): boolean => own.has(pid)
  if (listeners.length > 0 && listeners.every(({ pids }) => pids.some(isOwn))) return
  const others = listeners.flatMap(({ pids }) => pids).filter((pid) => !isOwn(pid))
  const found =
    listeners.length === 0
      ? 'nothing listens there'
      : `it belongs to ${others.length === 0 ? 'a process of another user' : `process ${others.join(', ')}`}`
  throw new GapwiseError(
    'contender',
    'STALE_SERVER',
    `Port ${port} should belong to ${id} (process ${child.pid}), but ${found}. End the other server, then repeat the command.`,
  )
}

/** The leader, its process group and all their descendants: a daemon may leave the tree, but not both. */
function treeOf(leader: number): Set<number> {
  const table = processTable()
  const tree = new Set([leader])
  for (const { pid, group } of table.values()) if (group === leader) tree.add(pid)
  addDescendants(table, tree)
  return tree
}

/** Itself, or behind the end of a child that could not have its port. */
const isStale = (error: unknown): boolean =>
  error instanceof GapwiseError && (error.code === 'STALE_SERVER' || isStale(error.cause))

const isPortTaken = (error: unknown, child: Child): boolean =>
  isStale(error) || /EADDRINUSE|PORT_IN_USE|address already in use/i.test(child.logTail())
