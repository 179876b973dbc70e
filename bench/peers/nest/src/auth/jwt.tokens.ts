import { Injectable } from '@nestjs/common'
import { JwtService } from '@nestjs/jwt'
import { type Claims, Tokens } from './tokens.js'

/** Nest's JWT module, which is jsonwebtoken. */
@Injectable()
export class JwtTokens extends Tokens {
  constructor(private readonly jwt: JwtService) {
    super()
  }

  verify(token: string): Promise<Claims> {
    return this.jwt.verifyAsync<Claims>(token)
  }
}
