/** Runs a command in-process and records what it writes. */
import { main } from '../../bench/main.ts'
import type { Io } from '../../bench/io.ts'

/** How a command ended and what it wrote. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/**
 * Runs the program, without a terminal and without a signal unless one is given.
 * @param program the project's own main, or that of a copy
 */
export async function runMain(
  argv: readonly string[],
  io: Partial<Io> = {},
  program: typeof main = main,
): Promise<Ended> {
  let out = ''
  let err = ''
  const code = await program(argv, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    colour: false,
    interactive: false,
    columns: 100,
    signal: new AbortController().signal,
    ...io,
  })
  return { code, out, err }
}
