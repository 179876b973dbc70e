/** `gapwise serve PROFILE`: PostgreSQL beside it, then src/main.ts, until a signal. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import { resolveProfile } from '../../src/profile/resolve.ts'
import type { Site } from '../contender.ts'
import { signToken } from '../data/token.ts'
import { untilReady } from '../contenders/ready.ts'
import { aborted, interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { createProgress, type Progress } from '../progress.ts'
import { environmentOf } from '../contenders/environment.ts'
import { openPostgres } from '../services/postgres/open-postgres.ts'
import { useDatabase } from '../services/postgres/use-database.ts'
import { openUpstream, parseLatency } from '../services/upstream.ts'
import { withSupervisor } from '../services/with-supervisor.ts'
import type { Supervisor } from '../supervisor.ts'

const serverEntry = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** Options as commander gives them. */
export interface ServeOptions {
  readonly port: string
  readonly host: string
  readonly databaseUrl?: string
  readonly upstreamLatency?: string
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new GapwiseError(
    'usage',
    'BAD_PORT',
    `--port takes a number from 1 to 65535, found "${text}".`,
  )
}

/** Fails before PostgreSQL is started; the server itself checks again when it listens. */
async function assertPortFree(host: string, port: number, spec: string): Promise<void> {
  await using probe = createServer()
  probe.listen({ host, port, exclusive: true })
  try {
    await once(probe, 'listening')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw code === 'EADDRINUSE'
      ? new GapwiseError(
          'environment',
          'PORT_IN_USE',
          `Port ${port} on ${host} is taken by another process. Stop it, or choose another port: npm start -- ${spec} --port ${port < 65_535 ? port + 1 : port - 1}.`,
          { cause },
        )
      : new GapwiseError(
          'environment',
          'CANNOT_LISTEN',
          `Cannot listen on ${host}:${port} (${code}). Choose another --host or --port.`,
          { cause },
        )
  }
}

type Database = Pick<Site, 'databaseUrl' | 'databaseSocket'>

/** A fresh database on the embedded server. */
async function ownDatabase(
  spec: string,
  supervisor: Supervisor,
  stack: AsyncDisposableStack,
  progress: Progress,
): Promise<Database> {
  progress.note('starting PostgreSQL …')
  const postgres = stack.use(await openPostgres({ supervisor, progress: progress.note }))
  const { socketDir } = postgres
  return {
    databaseUrl: await postgres.createDatabase(spec),
    ...(socketDir === undefined ? {} : { databaseSocket: socketDir }),
  }
}

/** The user's own database, with what is in it. */
async function givenDatabase(databaseUrl: string): Promise<Database> {
  await useDatabase(databaseUrl)
  return { databaseUrl }
}

/** What a user pastes into a shell to order something: the token is as good as any of the bench's. */
const checkoutCommand = (address: string): string =>
  `curl ${address}/checkout -H 'authorization: Bearer ${signToken({ sub: '1' })}' ` +
  `-H 'content-type: application/json' -d '{"items":[{"sku":"pen","quantity":2}]}'`

/** Serves a profile until a signal; returns the exit code. */
export async function serve(spec: string, options: ServeOptions, io: Io): Promise<number> {
  const profile = await resolveProfile(spec)
  const port = parsePort(options.port)
  const { host, databaseUrl, upstreamLatency = '0ms' } = options
  const latencyMs = parseLatency(upstreamLatency)
  await assertPortFree(host, port, spec)
  const progress = createProgress(io)

  const code = await withSupervisor(`serve ${spec}`, io, async (supervisor) => {
    await using stack = new AsyncDisposableStack()
    const database =
      databaseUrl === undefined
        ? await ownDatabase(spec, supervisor, stack, progress)
        : await givenDatabase(databaseUrl)
    const upstream = stack.use(await openUpstream({ supervisor, latencyMs }))
    const child = await supervisor.spawn({
      name: `server-${spec}`,
      command: process.execPath,
      args: [serverEntry, spec],
      env: {
        ...environmentOf({ ...database, upstreamUrl: upstream.url }, { port, host }),
        GAPWISE_RUN_ID: supervisor.runId,
      },
      stdout: 'inherit',
    })
    const address = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
    await untilReady(child, new URL('/readyz', address))
    const names = profile.toggles.map(({ toggle }) => toggle.name)
    progress.note(`${spec} serves ${address} · ${profile.description}`)
    progress.note(`toggles: ${names.length === 0 ? 'none' : names.join(', ')}`)
    progress.note(
      `try: curl ${address}/profile · npm run bench -- ${address} baseline · Ctrl-C stops it`,
    )
    progress.note(`a checkout: ${checkoutCommand(address)}`)

    const end = await Promise.race([child.exited, aborted(io.signal).then(() => undefined)])
    if (end === undefined) {
      await child.stop()
      return exitCodes.ok
    }
    throw new GapwiseError(
      'contender',
      'SERVER_ENDED',
      `${spec} ended by itself (${end.signal ?? `code ${end.code}`}). The end of its log:\n${child.logTail()}`,
    )
  })
  return code ?? interruptedCode(io.signal)
}
