import { IsEmail, IsInt, Matches, Max, MaxLength, Min } from 'class-validator'

/** What a client says of a user. */
export class UserFields {
  @Matches(/^[A-Za-z0-9_.-]{3,50}$/)
  username: string

  @IsEmail()
  @MaxLength(254)
  email: string

  @IsInt()
  @Min(18)
  @Max(150)
  age: number
}
