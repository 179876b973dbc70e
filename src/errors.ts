/** The one error class of the project: a stable code for programs, a sentence with the cure for people. */

/** Why a command ended; DESIGN 6 fixes these numbers and they are never reused. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  environment: 3,
  notComparable: 4,
  contender: 5,
  invalid: 6,
  regression: 7,
  interrupted: 130,
  terminated: 143,
} as const

/** The name of an exit code: what kind of trouble an error is. */
export type Failure = Exclude<keyof typeof exitCodes, 'ok'>

/**
 * An error that the user can act on. `code` is stable (`UNKNOWN_TOGGLE`) and is what tests match;
 * `message` says what was expected, what was found and the cure; `failure` decides the exit code.
 */
export class GapwiseError extends Error {
  readonly code: string
  readonly failure: Failure

  constructor(failure: Failure, code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'GapwiseError'
    this.failure = failure
    this.code = code
  }
}
