/** Answers of other services are believed only in the form that was agreed on. */
import type { Static, TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { failedError, type Upstream } from '../upstream.ts'

/**
 * Makes a question whose answer has a known form.
 * @returns asks for a path; throws UpstreamError `failed` when the answer has another form
 */
export function questionFor<S extends TSchema>(
  schema: S,
): (upstream: Upstream, path: string) => Promise<Static<S>> {
  const compiled = TypeCompiler.Compile(schema)
  return async (upstream, path) => {
    const answer = await upstream.get(path)
    if (compiled.Check(answer)) return answer
    throw failedError(path, 'answered in another form than agreed on')
  }
}
