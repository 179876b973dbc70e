import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { SignedRequest } from './auth.guard.js'

/** The user whose token the request bears; only behind AuthGuard. */
export const UserId = createParamDecorator(
  (_data: unknown, context: ExecutionContext): number =>
    context.switchToHttp().getRequest<SignedRequest>().userId,
)
