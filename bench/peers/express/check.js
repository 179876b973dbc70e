/** Checks values by Zod's schemas. */

/**
 * @param schema of zod
 * @returns looks at a value: what is wrong with which field, or undefined
 */
export const compileCheck = (schema) => (value) =>
  schema.safeParse(value).error?.issues.flatMap(wrongFields)

/** Keys that nobody knows are one issue at the object that holds them. */
const wrongFields = ({ code, path, keys, message }) =>
  code === 'unrecognized_keys'
    ? keys.map((key) => ({ field: [...path, key].join('.'), message }))
    : [{ field: path.join('.'), message }]
