/** What a failed statement leaves behind, as far as its error tells. */
import { HttpException } from '@nestjs/common'

/** SQLSTATE classes of what befalls the connection or the whole database: lost, too many, shutting down, disk. */
const ofAll = /^(08|53|57P|58)/

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** Whether the database has answered with an error of the statement: only its own errors have a severity. */
export const isOfStatement = (error: unknown): boolean =>
  error instanceof Error && 'severity' in error && !ofAll.test(codeOf(error))

/** Whether a write that failed so has surely changed nothing and never will: refused, undone, or never sent. */
export const isWithoutEffect = (error: unknown): boolean =>
  error instanceof HttpException || isOfStatement(error) || codeOf(error) === 'ECONNREFUSED'
