/** What a failed statement leaves behind, as far as its error tells. */
import { ConflictError } from '../database.ts'

/** What drivers and node call an error: SQLSTATE or a name such as ECONNREFUSED; undefined where it has none. */
export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

/** SQLSTATE classes of what befalls the connection or the whole server: lost, too many, shutting down, disk. */
const ofAll = /^(08|53|57P|58)/

/** Whether the server itself has answered with an error of the statement; both drivers keep its words. */
export const isOfStatement = (error: unknown): boolean =>
  error instanceof Error &&
  'severity' in error &&
  'code' in error &&
  typeof error.code === 'string' &&
  !ofAll.test(error.code)

/** Whether a write that failed so has surely changed nothing and never will: refused, undone by the server, or never sent. */
export const isWithoutEffect = (error: unknown): boolean =>
  error instanceof ConflictError || isOfStatement(error) || codeOf(error) === 'ECONNREFUSED'
