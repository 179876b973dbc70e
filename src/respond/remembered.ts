/** Texts that are kept with the objects they were made from. */
import type { Remember, Serialize } from '../slot.ts'

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function remembering(serialize: Serialize): Serialize {
  const texts = new WeakMap<object, string>()
  return (value) => {
    if (!isObject(value)) return serialize(value)
    const known = texts.get(value)
    if (known !== undefined) return known
    const text = serialize(value)
    texts.set(value, text)
    return text
  }
}

/** Keeps the texts of endpoints that hand out the same objects again; others are left as they are. */
export const rememberTexts: Remember = (serialize, endpoint) =>
  endpoint.lasting === true ? remembering(serialize ?? JSON.stringify) : serialize
