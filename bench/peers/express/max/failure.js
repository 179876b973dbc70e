/** What a failed statement leaves behind, as far as its error tells. */
import createError from 'http-errors'

/** SQLSTATE classes of what befalls the connection or the whole database: lost, too many, shutting down, disk. */
const ofAll = /^(08|53|57P|58)/

/** Whether the database has answered with an error of the statement: only its own errors have a severity. */
export const isOfStatement = ({ severity, code }) => severity !== undefined && !ofAll.test(code)

/** Whether a write that failed so has surely changed nothing and never will: refused, undone, or never sent. */
export const isWithoutEffect = (error) =>
  createError.isHttpError(error) || isOfStatement(error) || error.code === 'ECONNREFUSED'
