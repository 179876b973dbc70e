/** The command line: `main(argv, io)` is the program, the lines at the end are the process around it. */
import { Command, CommanderError, Option } from 'commander'
import { exitCodes, GapwiseError } from '../src/errors.ts'
import type { Io } from './io.ts'
import { watchParents } from './watch-parents.ts'

const examples = `Examples:
  npm start -- tuned                                   serve a profile on port 3000
  npm run bench                                        baseline, tuned and Express, in two minutes
  npm run bench -- baseline tuned --workload db        only what you name
  npm run diff -- baseline tuned                       what differs, and what it is worth
`

const workloadOption = new Option('--workload <names>', 'workloads, separated by commas').default(
  'json,db,queries',
)

const databaseOption = new Option(
  '--database-url <url>',
  'a PostgreSQL server of your own instead of the embedded one',
).env('DATABASE_URL')

const upstreamOption = new Option(
  '--upstream-latency <duration>',
  'what the downstream services of /fanout and /checkout take, such as 10ms',
).default('0ms')

function measuringOptions(command: Command): Command {
  return command
    .addOption(workloadOption)
    .option(
      '--connections <list>',
      'requests in flight; several operating points as in 16,64',
      '32',
    )
    .option('--budget <duration>', 'time for measuring, such as 3m (default: 2m)')
    .option('--quick', 'at most four blocks in 40 s', false)
    .option('--seed <number>', 'fixes every order; drawn when absent')
    .option('--engine <name>', 'what sends load: built-in or wrk', 'built-in')
    .option(
      '--cores <count>',
      'cores for each contender (default: 1, or all when one has workers); the generator gets the others',
    )
    .addOption(databaseOption)
    .addOption(upstreamOption)
}

/** The commands as a table; each is loaded only when it is called. */
function createProgram(io: Io, finish: (code: number) => void): Command {
  const program = new Command('gapwise')
    .description('Which stack, and which tuning, is really faster, and by how much?')
    .addHelpText('beforeAll', examples)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      // Errors of usage are worded in main(), like all others.
      outputError: () => undefined,
    })

  program
    .command('serve')
    .description('serve a profile, with everything that it needs beside it')
    .argument('<profile>', 'a profile, bent if you like with +toggle or ~toggle')
    .option('--port <number>', 'port to listen on', '3000')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(databaseOption)
    .addOption(upstreamOption)
    .action(async (profile: string, options) =>
      finish(await (await import('./commands/serve.ts')).serve(profile, options, io)),
    )

  measuringOptions(program.command('bench'))
    .description('measure contenders against the first of them')
    .argument('[contenders...]', 'profiles, peers, folders with a peer.json, or URLs', [
      'baseline',
      'tuned',
      'express',
    ])
    .option('--out <file>', 'where to write the result (default: bench/results/ID.json)')
    .option('--json', 'print the result document instead of tables', false)
    .action(async (contenders: string[], options) =>
      finish(await (await import('./commands/bench.ts')).bench(contenders, options, io)),
    )

  measuringOptions(program.command('diff'))
    .description('what differs between two profiles, in configuration and in measured effect')
    .argument('<a>', 'a profile')
    .argument('<b>', 'another profile')
    .option('--measure', 'measure both now', false)
    .addOption(
      new Option('--results <file>', 'take the measured effect from this result file').conflicts(
        'measure',
      ),
    )
    .option('--json', 'print data instead of text', false)
    .action(async (a: string, b: string, options) =>
      finish(await (await import('./commands/diff.ts')).diff(a, b, options, io)),
    )

  program
    .command('report')
    .description('show a result file; the newest when none is named')
    .argument('[result]', 'a result file')
    .addOption(
      new Option('--format <name>', 'text, md or json')
        .choices(['text', 'md', 'json'])
        .default('text'),
    )
    .action(async (result: string | undefined, options) =>
      finish(await (await import('./commands/report.ts')).report(result, options, io)),
    )

  program
    .command('verify')
    .description('check that contenders keep the contract')
    .argument('<contenders...>', 'profiles, peers, folders or URLs')
    .addOption(databaseOption)
    .addOption(upstreamOption)
    .action(async (contenders: string[], options) =>
      finish(
        await (await import('./commands/verify.ts')).verifyContenders(contenders, options, io),
      ),
    )

  program
    .command('seed')
    .description('fill an empty database of your own with the rows of the contract')
    .addOption(databaseOption)
    .action(async (options) => finish(await (await import('./commands/seed.ts')).seed(options, io)))
  return program
}

/** Turns commander's `commander.unknownOption` and its lines into our form: a stable code, a sentence, the cure. */
function usageMessage({ code, message }: CommanderError): string {
  const name = code
    .replace(/^commander\./, '')
    .replaceAll(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase()
  const [problem = '', ...hints] = message
    .replace(/^error: /, '')
    .split('\n')
    .map((line) => line.replace(/^\((.*)\)$/, '$1'))
  return `${name}: ${[problem.replace(/\.?$/, '.'), ...hints].join(' ')} See gapwise --help.\n`
}

/**
 * Runs one command.
 * @param argv arguments after the program's name
 * @returns the exit code of DESIGN 6; messages have been written to `io`
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code: number = exitCodes.ok
  const program = createProgram(io, (finished) => {
    code = finished
  })
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.ok
      // `help UNKNOWN` has shown the help instead of a message.
      if (error.code !== 'commander.help') io.err(usageMessage(error))
      return exitCodes.usage
    }
    if (error instanceof GapwiseError) {
      io.err(`${error.code}: ${error.message}\n`)
      return exitCodes[error.failure]
    }
    io.err(`${error instanceof Error ? error.stack : String(error)}\n`)
    io.err('This is a fault of gapwise: please report it with the lines above.\n')
    return exitCodes.internal
  }
}

/** A reader that has seen enough (`| head`) has gone; what is left to do is done all the same. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

/** Runs the process's own arguments and sets its exit code. */
export async function runAsProcess(): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const code = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated
      // A second signal means now: the guardian ends the children.
      if (stop.signal.aborted) process.exit(code)
      stop.abort(signal)
    })
  }
  watchParents(() => stop.abort('SIGTERM'))
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  const code = await main(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    interactive: process.stderr.isTTY && process.env['CI'] === undefined,
    columns: process.stderr.columns ?? 100,
    signal: stop.signal,
  })
  process.exitCode = code
}

if (import.meta.main) await runAsProcess()
