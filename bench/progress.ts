/** The progress line on standard error: rewritten in a terminal, printed only when it says something new elsewhere. */
import type { Io } from './io.ts'

/** Shows what a command is doing. */
export interface Progress {
  /** Replaces the current line. */
  readonly show: (text: string) => void
  /** Prints a line that stays. */
  readonly note: (text: string) => void
  /** Removes the current line; call before data is written. */
  readonly clear: () => void
}

const eraseLine = '\r\u001B[2K'

/** Progress for this command; outside a terminal `show` prints nothing, so that logs stay short. */
export function createProgress(io: Io): Progress {
  let shown = false
  const clear = (): void => {
    if (shown) io.err(eraseLine)
    shown = false
  }
  return {
    show: (text) => {
      if (!io.interactive) return
      io.err(`${eraseLine}${text.slice(0, io.columns - 1)}`)
      shown = true
    },
    note: (text) => {
      clear()
      io.err(`${text}\n`)
    },
    clear,
  }
}
