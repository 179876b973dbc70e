/** What a failed statement leaves behind, as far as its error tells. */
import { ConflictError } from '../database.ts'

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
  error instanceof ConflictError ||
  isOfStatement(error) ||
  (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED')
