import { ConflictException } from '@nestjs/common'

/** What PostgreSQL calls a value that a unique index already holds. */
const uniqueViolation = '23505'

/** 409 where a unique index has refused a row; any other error as it is. */
export function orConflict(error: unknown): never {
  const isTaken = error instanceof Error && 'code' in error && error.code === uniqueViolation
  throw isTaken ? new ConflictException('username or email is taken') : error
}
