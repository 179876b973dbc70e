/** The command line: `main(argv, io)` is the program, the lines at the end are the process around it. */
import { CommanderError } from 'commander'
import { exitCodes, GapwiseError } from '../src/errors.ts'
import type { Io } from './io.ts'
import { createProgram } from './program.ts'
import { watchParents } from './watch-parents.ts'

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
