/** Reading JSON answers: what is wrong is a sentence, not an exception. */

export type JsonObject = Readonly<Record<string, unknown>>

/** The value, or `{ problem }` in words. */
export function parseJson(
  body: string,
): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(body) }
  } catch {
    return { problem: `no JSON but ${JSON.stringify(body.slice(0, 80))}` }
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object in a body, or what is wrong in words. */
export function parseObject(body: string): JsonObject | string {
  const parsed = parseJson(body)
  if ('problem' in parsed) return parsed.problem
  return isObject(parsed.value) ? parsed.value : `no object but ${body.slice(0, 80)}`
}

/** The array in a body, or what is wrong in words. */
export function parseArray(body: string): readonly unknown[] | string {
  const parsed = parseJson(body)
  if ('problem' in parsed) return parsed.problem
  return Array.isArray(parsed.value) ? parsed.value : `no array but ${body.slice(0, 80)}`
}

/** Keys are compared exactly: case counts, and there are no others. */
export function keysProblem(object: JsonObject, wanted: readonly string[]): string | undefined {
  let count = 0
  for (const key in object) {
    if (!wanted.includes(key)) return `key ${JSON.stringify(key)}`
    count++
  }
  if (count === wanted.length) return undefined
  return `no key ${JSON.stringify(wanted.find((key) => !(key in object)))}`
}
