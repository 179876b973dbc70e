/**
 * Schemathesis against profiles of ours, each a real process on its own database: `.ci/run` calls it.
 * It reads /openapi.json, sends what the document allows and what it forbids, and holds every answer against it.
 *
 *     node test/schemathesis/run.ts [--examples N] [--seed N] [--if-possible] [PROFILE…]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { signToken } from '../../bench/data/token.ts'
import { startProcess } from '../helpers/start-process.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { install, NoPython } from './install.ts'

const config = fileURLToPath(new URL('schemathesis.toml', import.meta.url))

/** Examples of each operation: `tuned` is looked at closely, the others show that no profile changes an answer. */
const examples = new Map([
  ['tuned', 40],
  ['naive', 15],
  ['max', 15],
])

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    examples: { type: 'string' },
    seed: { type: 'string' },
    'if-possible': { type: 'boolean', default: false },
  },
})

/** Runs a program with this terminal; its exit code. */
async function codeOf(file: string, args: readonly string[], input = ''): Promise<number | null> {
  // User 42 is in every new database.
  const env = { ...process.env, GAPWISE_TOKEN: signToken({ sub: '42' }) }
  const child = spawn(file, args, { env, stdio: ['pipe', 'inherit', 'inherit'] })
  child.stdin.end(input)
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

/** Whether anybody got through to what only a good token and a good basket reach. */
async function hasOrders(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rowCount } = await client.query('SELECT 1 FROM orders LIMIT 1')
  await client.end()
  return rowCount === 1
}

/** @returns what was found: nothing where all is well */
async function findings(
  bin: string,
  profile: string,
  { url, databaseUrl }: { url: URL; databaseUrl: string },
): Promise<string[]> {
  const document = new URL('/openapi.json', url)
  const text = await (await fetch(document)).text()
  const validator = await codeOf(`${bin}openapi-spec-validator`, ['--schema=3.1', '-'], text)
  const schemathesis = await codeOf(`${bin}schemathesis`, [
    `--config-file=${config}`,
    'run',
    document.href,
    '--checks=all',
    `--max-examples=${values.examples ?? examples.get(profile) ?? 40}`,
    ...(values.seed === undefined ? [] : [`--seed=${values.seed}`]),
  ])
  return [
    ...(validator === 0 ? [] : [`${profile}: /openapi.json is not OpenAPI 3.1`]),
    ...(schemathesis === 0 ? [] : [`${profile}: schemathesis ended with ${schemathesis}`]),
    ...((await hasOrders(databaseUrl)) ? [] : [`${profile}: no checkout came through`]),
  ]
}

async function main(): Promise<string[]> {
  const bin = await install()
  await using stack = new AsyncDisposableStack()
  const t = {
    teardown: (fn: () => unknown) => stack.defer(async () => void (await fn())),
    comment: (text: string) => void process.stderr.write(`${text}\n`),
  }
  const { supervisor, postgres } = await openTestPostgres(t)
  const found: string[] = []
  for (const profile of positionals.length > 0 ? positionals : examples.keys()) {
    process.stdout.write(`\n== schemathesis against ${profile}\n`)
    const databaseUrl = await postgres.createDatabase(`schemathesis-${profile}`)
    const server = await startProcess(t, profile, supervisor, databaseUrl, postgres.socketDir)
    found.push(...(await findings(bin, profile, { url: server.url, databaseUrl })))
    await server.stop()
  }
  return found
}

try {
  const found = await main()
  for (const finding of found) process.stderr.write(`${finding}\n`)
  process.exitCode = found.length === 0 ? 0 : 1
} catch (error) {
  if (!(error instanceof NoPython)) throw error
  process.stderr.write(`not run: ${error.message}\n`)
  process.exitCode = values['if-possible'] ? 0 : 1
}
