/** Runs every command of the README as written; `.ci/run` calls it. A server stays up for the commands after it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { readme, readmeCommands } from './commands.ts'

const server = { url: 'http://127.0.0.1:3000/readyz', deadlineMs: 60_000 }
const commandLimitMs = 8 * 60_000

async function untilServed(): Promise<void> {
  const endMs = performance.now() + server.deadlineMs
  while (performance.now() < endMs) {
    const answer = await fetch(server.url).catch(() => undefined)
    if (answer?.ok === true) return
    await sleep(200)
  }
  throw new Error(`nothing served ${server.url} in ${server.deadlineMs} ms`)
}

let serving: ChildProcess | undefined
async function stopServing(): Promise<void> {
  if (serving?.pid === undefined) return
  const ended = once(serving, 'exit')
  process.kill(-serving.pid, 'SIGINT')
  await ended
  serving = undefined
}

// Already done where this runs, and it would remove the packages under our feet.
const skipped = new Set(['npm ci', 'npm ci && npm test', 'npm test'])
// Three minutes by the clock on any machine: the commands after it are run meanwhile, as nobody reads figures here.
const unhurried = new Set(['npm run bench'])
// Prints what was measured last, so nothing may still be measuring.
const needsResults = /^npm run report\b/

async function run(line: string): Promise<void> {
  const child = spawn(line, {
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: commandLimitMs,
  })
  const [code, signal] = await once(child, 'exit')
  if (code !== 0) throw new Error(`"${line}" ended with ${String(code ?? signal)}`)
}

const besides: Promise<void>[] = []
try {
  for (const { line, serves } of readmeCommands(readme())) {
    if (skipped.has(line)) continue
    process.stdout.write(`\n$ ${line}\n`)
    if (needsResults.test(line)) await Promise.all(besides)
    if (serves) {
      await stopServing()
      serving = spawn(line, {
        shell: true,
        stdio: ['ignore', 'inherit', 'inherit'],
        detached: true,
      })
      await untilServed()
    } else if (unhurried.has(line)) {
      const beside = run(line)
      // Its failure is told where it is waited for.
      beside.catch(() => undefined)
      besides.push(beside)
    } else await run(line)
  }
  await Promise.all(besides)
} finally {
  await stopServing()
}
