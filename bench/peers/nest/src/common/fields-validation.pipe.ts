import {
  type ArgumentMetadata,
  BadRequestException,
  Injectable,
  type ValidationError,
  ValidationPipe,
} from '@nestjs/common'
import { type FieldError, unprocessable } from './field-error.js'

/** Fields that are wrong themselves, else what is wrong inside of them. */
function fieldErrors(errors: readonly ValidationError[], parents: readonly string[] = []) {
  const found: FieldError[] = []
  for (const { property, constraints, children = [] } of errors) {
    const path = [...parents, property]
    if (constraints === undefined) found.push(...fieldErrors(children, path))
    else found.push({ field: path.join('.'), message: Object.values(constraints).join(', ') })
  }
  return found
}

/** Keys that class-transformer leaves out without a word. */
const reservedKeys = ['__proto__', 'constructor']

/** Nest's ValidationPipe, which refuses keys that no field has, and says 422 with the names of the fields. */
@Injectable()
export class FieldsValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => unprocessable(fieldErrors(errors)),
    })
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (typeof value === 'object' && value !== null)
      for (const key of reservedKeys)
        if (Object.hasOwn(value, key)) throw new BadRequestException(`${key} is no field`)
    try {
      return await super.transform(value, metadata)
    } catch (error) {
      // An address is measured in bytes by encodeURI, which takes no half of a character.
      throw error instanceof URIError ? new BadRequestException('a text is cut off') : error
    }
  }
}
