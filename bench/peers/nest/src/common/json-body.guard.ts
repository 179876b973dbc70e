import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UnsupportedMediaTypeException,
} from '@nestjs/common'

interface RequestHead {
  readonly headers: { readonly 'content-type'?: string }
}

/** Lets only requests pass whose body is JSON: both platforms parse forms too, or leave a body unread. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<RequestHead>()
    if (/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) return true
    throw new UnsupportedMediaTypeException()
  }
}
