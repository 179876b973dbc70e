/** Problem documents (RFC 9457) in answers: the status and the named fields count, the wording is free. */
import type { Case } from '../../contract.ts'
import { isObject, parseObject } from './json.ts'

export const problemType = 'application/problem+json'

/** What is wrong with a problem document of this status, if anything. */
export function documentProblem(body: string, statuses: readonly number[]): string | undefined {
  const problem = parseObject(body)
  if (typeof problem === 'string') return problem
  return statuses.some((status) => problem['status'] === status)
    ? undefined
    : `status ${JSON.stringify(problem['status'])} in ${body.slice(0, 80)}`
}

/** The names of the fields that a problem document blames, sorted, each once; or what is wrong in words. */
function blamedFields(body: string): readonly string[] | string {
  const problem = parseObject(body)
  if (typeof problem === 'string') return problem
  const { errors } = problem
  if (!Array.isArray(errors)) return `errors ${JSON.stringify(errors)}`
  const fields = new Set<string>()
  for (const error of errors as unknown[]) {
    if (!isObject(error) || typeof error['field'] !== 'string') return JSON.stringify(error)
    if (typeof error['message'] !== 'string') return `no message in ${JSON.stringify(error)}`
    fields.add(error['field'])
  }
  return [...fields].toSorted()
}

/**
 * What is wrong with an answer of 422 that must blame exactly these fields, if anything.
 * @param fields each once, in any order
 */
export function fieldsProblem(body: string, fields: readonly string[]): string | undefined {
  const blamed = blamedFields(body)
  if (typeof blamed === 'string') return blamed
  return blamed.join() === fields.toSorted().join()
    ? documentProblem(body, [422])
    : `the fields ${blamed.join(', ')}`
}

/** A case that must be refused with one of these statuses. */
export const refusal = (request: Case['request'], ...statuses: number[]): Case => ({
  request,
  expected: `a problem document of ${statuses.join(' or ')}`,
  statuses,
  mediaType: problemType,
  check: (body) => documentProblem(body, statuses),
})

/** A case that must be refused with 422, blaming exactly these fields. */
export const blame = (request: Case['request'], fields: readonly string[]): Case => ({
  reading: true,
  request,
  expected: `a problem document that names ${fields.join(', ')}`,
  statuses: [422],
  mediaType: problemType,
  check: (body) => fieldsProblem(body, fields),
})
