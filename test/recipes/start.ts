/** Starts the app of a recipe as a user would: node, its flags from the first line, the environment. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../bench/sockets.ts'
import type { Child, Supervisor } from '../../bench/supervisor.ts'
import { jwtSecret } from './check.ts'

/** Where an app gets what it needs. */
export interface Surroundings {
  readonly supervisor: Supervisor
  readonly databaseUrl: string
  readonly databaseSocket: string | undefined
  readonly upstreamUrl: string
}

/** An app that has said that it listens. */
export interface StartedRecipe {
  readonly origin: string
  readonly child: Child
}

/** The flags in `#!/usr/bin/env -S node --flag`; none without such a line. */
export function flagsOf(source: string): string[] {
  const [, words] = /^#!\/usr\/bin\/env (?:-S )?node(.*)/.exec(source) ?? []
  return words?.trim().split(/\s+/).filter(Boolean) ?? []
}

const deadlineMs = 20_000

async function untilListening(child: Child): Promise<void> {
  let ended = false
  void child.exited.then(() => (ended = true))
  const deadline = performance.now() + deadlineMs
  while (!/listening/i.test(child.logTail())) {
    if (ended) throw new Error(`${child.name} ended:\n${child.logTail()}`)
    if (performance.now() > deadline)
      throw new Error(`${child.name} printed no line with "listening":\n${child.logTail()}`)
    await sleep(20)
  }
}

/** Starts `docs/recipes/NAME/before.js` or `after.js` on a free port; once more where another test was quicker to take it. */
export async function startRecipe(file: URL, surroundings: Surroundings): Promise<StartedRecipe> {
  try {
    return await startOnce(file, surroundings)
  } catch (error) {
    if (error instanceof Error && error.message.includes('EADDRINUSE'))
      return startOnce(file, surroundings)
    throw error
  }
}

async function startOnce(
  file: URL,
  { supervisor, databaseUrl, databaseSocket = '', upstreamUrl }: Surroundings,
): Promise<StartedRecipe> {
  const path = fileURLToPath(file)
  const port = await freePort()
  const child = await supervisor.spawn({
    name: `recipe-${path.split('/').slice(-2).join('-')}`,
    command: process.execPath,
    args: [...flagsOf(readFileSync(path, 'utf8')), path],
    // Nothing of the test's own runner goes in.
    env: {
      NODE_OPTIONS: '',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DATABASE_SOCKET: databaseSocket,
      UPSTREAM_URL: upstreamUrl,
      JWT_SECRET: jwtSecret,
    },
    stdout: 'log',
  })
  await untilListening(child)
  return { origin: `http://localhost:${port}`, child }
}

/** A service that answers each request with its method and path. */
export async function startUpstream(t: { teardown(fn: () => unknown): unknown }): Promise<string> {
  const server = createServer(({ method, url: path }, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method, path }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
