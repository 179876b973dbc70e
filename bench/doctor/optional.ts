/** Looks for programs that some measurements want: peers' languages, a second engine, what stands before PostgreSQL. */
import { execFile } from 'node:child_process'
import { isAtLeast } from '../toolchain.ts'
import { judged, type Finding } from '../doctor.ts'

/** A program that may be there. */
interface Program {
  readonly name: string
  /** Commands that are tried in turn. */
  readonly commands: readonly string[]
  readonly versionArgs: readonly string[]
  readonly atLeast?: string
  /** What it is for, and how to get it. */
  readonly cure: string
}

const programs: readonly Program[] = [
  {
    name: 'wrk',
    commands: ['wrk'],
    versionArgs: ['-v'],
    cure: 'A second, independent generator for --engine wrk. On Debian or Ubuntu: apt-get install wrk.',
  },
  {
    name: 'h2load',
    commands: ['h2load'],
    versionArgs: ['--version'],
    cure: 'A third, independent generator for --engine h2load. On Debian or Ubuntu: apt-get install nghttp2-client.',
  },
  {
    name: 'go',
    commands: ['go'],
    versionArgs: ['version'],
    cure: 'For peers written in Go. Install it from https://go.dev/dl/.',
  },
  {
    name: 'python',
    commands: ['python3', 'python'],
    versionArgs: ['--version'],
    cure: 'For peers written in Python. On Debian or Ubuntu: apt-get install python3 python3-venv.',
  },
  {
    name: 'redis',
    commands: ['redis-server', 'valkey-server'],
    versionArgs: ['--version'],
    cure: 'For toggles that keep answers in Redis. On Debian or Ubuntu: apt-get install redis-server (or valkey-server).',
  },
  {
    name: 'pgbouncer',
    commands: ['pgbouncer'],
    versionArgs: ['--version'],
    // Prepared statements are passed on from 1.21 on.
    atLeast: '1.21',
    cure: "For toggles that put PgBouncer before PostgreSQL; 1.21 or newer, older ones cannot pass prepared statements on. The PostgreSQL project's own packages for Debian and Ubuntu have it.",
  },
]

/** What a program printed about itself; undefined when it is not there. */
export type Ask = (command: string, args: readonly string[]) => Promise<string | undefined>

/** Runs a program; wrk ends with code 1 after it has printed its version, which is an answer too. */
export const askProgram: Ask = (command, args) =>
  new Promise((resolve) => {
    execFile(command, [...args], { timeout: 5_000 }, (error, stdout, stderr) => {
      const missing = error !== null && 'code' in error && error.code === 'ENOENT'
      const text = `${stdout}${stderr}`.trim()
      resolve(missing || text === '' ? undefined : text)
    })
  })

const look = async (program: Program, ask: Ask): Promise<Finding> => {
  const { name, commands, versionArgs, atLeast, cure } = program
  const asked = await Promise.all(
    commands.map(async (command) => ({ command, printed: await ask(command, versionArgs) })),
  )
  const found = asked.find(({ printed }) => printed !== undefined)
  if (found === undefined) return judged('optional', name, 'not found', { state: 'note', cure })
  const version = /\d+(\.\d+)+/.exec(found.printed ?? '')?.[0]
  const text = `${version ?? 'unknown version'}${found.command === name ? '' : ` (${found.command})`}`
  const isTooOld = atLeast !== undefined && (version === undefined || !isAtLeast(version, atLeast))
  return judged('optional', name, text, isTooOld ? { state: 'note', cure } : undefined)
}

/** Looks for all of them at once. */
export const lookForPrograms = (ask: Ask = askProgram): Promise<Finding[]> =>
  Promise.all(programs.map((program) => look(program, ask)))
