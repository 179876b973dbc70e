import { Global, Module } from '@nestjs/common'
import { JwtModule } from '@nestjs/jwt'
import { environment } from '../environment.js'
import { JwtTokens } from './jwt.tokens.js'
import { Tokens } from './tokens.js'

@Global()
@Module({
  imports: [
    JwtModule.register({
      secret: environment.jwtSecret,
      verifyOptions: { algorithms: ['HS256'] },
    }),
  ],
  providers: [{ provide: Tokens, useClass: JwtTokens }],
  exports: [Tokens],
})
export class AuthModule {}
