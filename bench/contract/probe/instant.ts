/** Points in time in answers: languages print RFC 3339 differently, so instants are compared. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/**
 * What is wrong with a point in time, if anything.
 * @param wanted the instant that it must be; any one will do when absent
 */
export function instantProblem(key: string, value: unknown, wanted?: string): string | undefined {
  if (typeof value !== 'string' || !rfc3339.test(value))
    return `${key} ${JSON.stringify(value)}, which is no RFC 3339`
  return wanted === undefined || Date.parse(value) === Date.parse(wanted)
    ? undefined
    : `${key} ${value} for ${wanted}`
}
