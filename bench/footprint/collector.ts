/** The bench's end of the footprint stands: asks every process of a Node server about its garbage. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { socketVariable, type Told } from './told.ts'

/** All processes of a server together. */
export type Garbage = Omit<Told, 'pid'> & { readonly processes: number }

export interface Collector extends AsyncDisposable {
  /** Added to the server's environment; `nodeOptions` are those that it has anyway. */
  environment(nodeOptions?: string): Record<string, string>
  /**
   * Asks all processes, after making them collect their garbage where told.
   * @returns undefined when none was reached, or one did not answer in five seconds
   */
  ask(what: 'count' | 'collect'): Promise<Garbage | undefined>
}

const answerMs = 5_000

/** Absolute, as the server runs in a folder of its own. */
const preload = new URL('preload.ts', import.meta.url).href

const answerOf = async (socket: Socket, what: string): Promise<Told | undefined> => {
  const lines = createInterface({ input: socket })
  try {
    socket.write(`${what}\n`)
    const [line] = await once(lines, 'line', { signal: AbortSignal.timeout(answerMs) })
    return JSON.parse(String(line)) as Told
  } catch {
    return undefined // it is blocked, or has ended
  } finally {
    lines.close()
  }
}

/** @param dir a private folder, short enough for a socket's path */
export async function openCollector(dir: string): Promise<Collector> {
  const path = join(dir, 'footprint.sock')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(path)
  await once(server, 'listening')
  return {
    environment: (nodeOptions = process.env['NODE_OPTIONS'] ?? '') => ({
      NODE_OPTIONS: `${nodeOptions} --import=${preload}`.trim(),
      [socketVariable]: path,
    }),
    async ask(what) {
      const told = await Promise.all([...sockets].map((socket) => answerOf(socket, what)))
      const known = told.filter((each) => each !== undefined)
      if (known.length === 0 || known.length < told.length) return undefined
      const sum = (of: (each: Told) => number): number =>
        known.reduce((total, each) => total + of(each), 0)
      return {
        processes: known.length,
        collections: sum(({ collections }) => collections),
        collectingNs: sum(({ collectingNs }) => collectingNs),
        heapBytes: sum(({ heapBytes }) => heapBytes),
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}
