import { UnprocessableEntityException } from '@nestjs/common'

/** One wrong field of a request. */
export interface FieldError {
  /** Keys and indexes with dots between them. */
  readonly field: string
  readonly message: string
}

/** 422 that names every wrong field. */
export const unprocessable = (errors: readonly FieldError[]): UnprocessableEntityException =>
  new UnprocessableEntityException({ errors })
