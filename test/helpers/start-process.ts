/** Starts a contender as the bench does, in processes of its own, and tells whether it ended well. */
import { availableParallelism } from 'node:os'
import { parseContenders } from '../../bench/contenders/parse.ts'
import { openUpstream, type Upstream } from '../../bench/services/upstream.ts'
import type { Child, Supervisor } from '../../bench/supervisor.ts'

export interface StartedProcess {
  readonly url: URL
  readonly endpoints: readonly string[]
  readonly child: Child
  /** Its own door at the stub of the downstream services. */
  readonly upstreamUrl: string
  /** Sends SIGTERM; fails unless the process then ends by itself with code 0. */
  readonly stop: () => Promise<void>
}

/** On a machine of many cores a profile of one worker per core would start them all. */
const twoCores = availableParallelism() > 2 ? { cores: [0, 1] } : {}

const upstreams = new WeakMap<Supervisor, Promise<Upstream>>()

/** The downstream services of all servers of one supervisor; they end with it. */
export const upstreamOf = (supervisor: Supervisor): Promise<Upstream> => {
  const known = upstreams.get(supervisor)
  if (known !== undefined) return known
  const opened = openUpstream({ supervisor, latencyMs: 0 })
  upstreams.set(supervisor, opened)
  return opened
}

/**
 * @param word as on the command line: a profile, or a peer with level
 * @param databaseSocket for profiles that use PostgreSQL's unix socket
 */
export async function startProcess(
  t: { teardown(fn: () => unknown): unknown; comment(text: string): void },
  word: string,
  supervisor: Supervisor,
  databaseUrl: string,
  databaseSocket?: string,
): Promise<StartedProcess> {
  const [contender] = await parseContenders([word])
  if (contender === undefined) throw new Error(`${word} is no contender`)
  await contender.prepare((line) => t.comment(line))
  const { url: upstreamUrl } = await (await upstreamOf(supervisor)).openDoor()
  const children: Child[] = []
  const watching: Supervisor = {
    ...supervisor,
    spawn: async (spec) => {
      const child = await supervisor.spawn(spec)
      children.push(child)
      return child
    },
  }
  const running = await contender.start({
    supervisor: watching,
    databaseUrl,
    upstreamUrl,
    ...(databaseSocket === undefined ? {} : { databaseSocket }),
    ...twoCores,
  })
  t.teardown(() => running[Symbol.asyncDispose]())
  const child = children.at(-1)
  if (child === undefined) throw new Error(`${word} started no process`)
  return {
    url: running.url,
    endpoints: contender.endpoints,
    child,
    upstreamUrl,
    stop: async () => {
      await running[Symbol.asyncDispose]()
      const { code, signal } = await child.exited
      if (code !== 0) throw new Error(`${word} ended with ${signal ?? code}:\n${child.logTail()}`)
    },
  }
}
