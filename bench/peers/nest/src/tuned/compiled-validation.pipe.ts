import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common'
import { unprocessable } from '../common/field-error.js'
import { schemas } from './schemas.js'

type Path = readonly (PropertyKey | { readonly key: PropertyKey })[]

const fieldOf = (path: Path = []) =>
  path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')

/** Nest's pipe for schemas. The schema is found by the class that the parameter has. */
@Injectable()
export class CompiledValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) =>
        unprocessable(issues.map(({ path, message }) => ({ field: fieldOf(path), message }))),
    })
  }

  override async transform<Value>(value: Value, metadata: ArgumentMetadata): Promise<Value> {
    const schema = schemas.get(metadata.metatype)
    return schema === undefined ? value : super.transform(value, { ...metadata, schema })
  }

  /** Fastify's parser has refused such keys. */
  protected override stripProtoKeys(): void {}
}
