/** What a command may do to the outside world: write, and hear that it should stop. */

/** Given to every command, so that tests run whole commands in-process. */
export interface Io {
  /** Data, and only data. */
  out(text: string): void
  /** Progress and messages. */
  err(text: string): void
  /** Whether data goes to a person's terminal that shows colour. */
  readonly colour: boolean
  /** Whether standard error is a terminal, where a progress line may be rewritten. */
  readonly interactive: boolean
  readonly columns: number
  /** Aborts with reason `SIGINT` or `SIGTERM`. */
  readonly signal: AbortSignal
}
