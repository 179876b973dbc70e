import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common'
import type { HeaderSink } from '../common/header-sink.js'
import { greatestRowId } from '../common/row-id.pipe.js'
import { type Claims, Tokens } from './tokens.js'

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i
const longestToken = 4096

/** A request that has passed the guard. */
export interface SignedRequest {
  userId: number
}

interface IncomingRequest extends SignedRequest {
  readonly headers: { readonly authorization?: string }
}

/** The user that the claims name; undefined where they name none, or never end. */
function userIdOf({ sub, exp }: Claims): number | undefined {
  if (typeof exp !== 'number' || typeof sub !== 'string') return undefined
  if (!/^[1-9]\d{0,9}$/.test(sub) || Number(sub) > greatestRowId) return undefined
  return Number(sub)
}

/** Lets only requests pass that bear a valid token, and notes whose it is. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly tokens: Tokens) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp()
    const request = http.getRequest<IncomingRequest>()
    const userId = await this.authenticate(request.headers.authorization)
    if (userId === undefined) {
      http.getResponse<HeaderSink>().header('WWW-Authenticate', 'Bearer')
      throw new UnauthorizedException()
    }
    request.userId = userId
    return true
  }

  private async authenticate(authorization = ''): Promise<number | undefined> {
    const token = bearer.exec(authorization)?.[1]
    if (token === undefined || token.length > longestToken) return undefined
    try {
      return userIdOf(await this.tokens.verify(token))
    } catch {
      return undefined
    }
  }
}
