/** A contender that is a peer: its own command, a free port, and proof that the port is really its own. */
import { GapwiseError } from '../../src/errors.ts'
import type { Contender, Running, Site } from '../contender.ts'
import { installPeer } from '../install-peer.ts'
import { type Peer, type PeerLevel, peerLevel } from '../peer.ts'
import { freePort, listenersAreVisible, listenersAt } from '../sockets.ts'
import type { Child } from '../supervisor.ts'
import { addDescendants, processTable } from '../supervisor/process-table.ts'
import { resolveTool, unmetRequirement } from '../toolchain.ts'
import { type Patience, untilReady, watchEnd } from './ready.ts'

const host = '127.0.0.1'
const startAttempts = 3

/** What tests replace. */
export interface PeerContenderParts {
  readonly choosePort?: () => Promise<number>
  readonly patience?: Patience
}

/**
 * Makes a contender of one level of a peer.
 * @throws GapwiseError `usage` UNKNOWN_LEVEL
 */
export function peerContender(
  peer: Peer,
  level: string,
  { choosePort = freePort, patience = {} }: PeerContenderParts = {},
): Contender {
  const { manifest, folder } = peer
  const chosen = peerLevel(peer, level)
  const id = `${peer.id}:${level}`
  const runtime = chosen.start[0] === 'node' ? { node: process.version } : {}
  return {
    id,
    kind: 'peer',
    toggles: {},
    versions: { ...runtime, ...peer.versions },
    endpoints: manifest.endpoints,
    fresh: true,
    async unavailable() {
      for (const requirement of manifest.requires) {
        const unmet = await unmetRequirement(requirement, folder)
        if (unmet !== undefined) return `${id} cannot run here: ${unmet}`
      }
      return undefined
    },
    async prepare(progress) {
      await installPeer(peer, level, progress)
    },
    async start(site) {
      for (let attempt = 1; ; attempt++) {
        const port = await choosePort()
        const child = await spawnPeer(peer, id, chosen, site, port)
        try {
          const url = new URL(`http://${host}:${port}/`)
          await untilReady(child, new URL(`/${manifest.endpoints[0]}`, url), patience)
          const running = runningPeer(child, id, url, port)
          await running.verifyIdentity()
          return running
        } catch (error) {
          const portWasTaken = isPortTaken(error, child)
          await child.stop()
          if (!portWasTaken || attempt === startAttempts) throw error
        }
      }
    },
  }
}

function spawnPeer(peer: Peer, id: string, level: PeerLevel, site: Site, port: number) {
  const { command, args } = resolveTool(level.start, peer.folder)
  return site.supervisor.spawn({
    name: `contender-${id.replaceAll(/[^a-z0-9-]+/gi, '-').replace(/^-/, '')}`,
    command,
    args,
    cwd: peer.folder,
    env: { ...level.env, PORT: String(port), HOST: host, DATABASE_URL: site.databaseUrl },
    ...(site.cores === undefined ? {} : { cores: site.cores }),
  })
}

function runningPeer(child: Child, id: string, url: URL, port: number): Running {
  const ended = watchEnd(child)
  return {
    url,
    cpu: child.cpu,
    // An async function so that an exit that has just happened is heard first.
    async verifyIdentity() {
      await Promise.resolve()
      const end = ended()
      if (end !== undefined) {
        throw new GapwiseError(
          'contender',
          'CONTENDER_DIED',
          `${id} ${end} while it was still needed. The end of its log:\n${child.logTail()}`,
        )
      }
      assertOwnPort(child, id, port)
    },
    [Symbol.asyncDispose]: () => child.stop(),
  }
}

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

const isPortTaken = (error: unknown, child: Child): boolean =>
  (error instanceof GapwiseError && error.code === 'STALE_SERVER') ||
  /EADDRINUSE|address already in use/i.test(child.logTail())
