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

/** Writes that only good requests reach, by the database's own count: without them little was tried. */
const writes = {
  'users made': ['users', 'n_tup_ins'],
  'users changed': ['users', 'n_tup_upd'],
  'users removed': ['users', 'n_tup_del'],
  'links made': ['links', 'n_tup_ins'],
  'orders written': ['orders', 'n_tup_ins'],
} as const

/** Rows written since a database was made. Servers tell theirs when their connections end. */
async function countWrites(databaseUrl: string): Promise<Record<keyof typeof writes, number>> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const counts = Object.entries(writes).map(
    ([name, [table, column]]) =>
      `(SELECT ${column} FROM pg_stat_user_tables WHERE relname = '${table}')::int AS "${name}"`,
  )
  const { rows } = await client.query(`SELECT ${counts.join(', ')}`)
  await client.end()
  return rows[0] as Record<keyof typeof writes, number>
}

/** @returns what was found: nothing where all is well */
async function findings(bin: string, profile: string, url: URL): Promise<string[]> {
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
    const before = await countWrites(databaseUrl)
    found.push(...(await findings(bin, profile, server.url)))
    await server.stop()
    for (const [name, count] of Object.entries(await countWrites(databaseUrl))) {
      const came = count - before[name as keyof typeof writes]
      process.stdout.write(`${came} ${name}\n`)
      if (came === 0) found.push(`${profile}: no ${name}, so no good request came through`)
    }
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
