import { IsOptional, Matches } from 'class-validator'

/** Where a page of users begins and how long it is, as the query string says it. */
export class UserPage {
  @IsOptional()
  @Matches(/^\d+$/)
  after?: string

  @IsOptional()
  @Matches(/^([1-9]\d?|100)$/)
  limit?: string
}
