/** Composes toggles into slots at boot, so that nothing has to ask for a toggle while a request is served. */
import { GapwiseError } from './errors.ts'
import { slotRules, type Composition, type Fillings, type SlotName } from './slot.ts'

/** One toggle's fillings under its name, for messages. */
export interface NamedFillings {
  readonly toggle: string
  readonly fillings: Fillings
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The paths of all leaves: `{ http: { a: 1 } }` has the leaf `http.a`. */
function leaves(value: Record<string, unknown>, prefix = ''): [path: string, leaf: unknown][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    isPlain(inner)
      ? leaves(inner, `${prefix}${key}.`)
      : [[prefix + key, inner] as [string, unknown]],
  )
}

/** The places that fillings claim for themselves: an exclusive slot whole, of a merged one each key. */
export const claimsOf = (fillings: Fillings): string[] =>
  Object.entries(fillings).flatMap(([slot, filling]) => {
    const rule = slotRules[slot as SlotName]
    if (rule === 'exclusive') return [slot]
    if (rule === 'wrap') return []
    return leaves(filling as Record<string, unknown>).map(([path]) => `${slot}.${path}`)
  })

/** Sets the leaf at `path`, copying the objects on the way so that the quick start stays as it is. */
function setLeaf(target: Record<string, unknown>, path: string, leaf: unknown): void {
  const [key = path, ...rest] = path.split('.')
  if (rest.length === 0) {
    target[key] = leaf
    return
  }
  const inner = isPlain(target[key]) ? { ...target[key] } : {}
  setLeaf(inner, rest.join('.'), leaf)
  target[key] = inner
}

/**
 * Fills every slot from the quick start's values and the toggles that are on.
 * @throws GapwiseError usage TOGGLE_CLASH naming both toggles that want one exclusive slot or one key
 */
export function compose(quickStart: Composition, toggles: readonly NamedFillings[]): Composition {
  const composed: Record<string, unknown> = { ...quickStart }
  const owners = new Map<string, string>()
  const claim = (place: string, toggle: string): void => {
    const owner = owners.get(place)
    if (owner !== undefined) {
      throw new GapwiseError(
        'usage',
        'TOGGLE_CLASH',
        `"${owner}" and "${toggle}" cannot both be on: both fill the slot ${place}. Switch one off, e.g. with ~${owner}.`,
      )
    }
    owners.set(place, toggle)
  }
  for (const { toggle, fillings } of toggles) {
    for (const place of claimsOf(fillings)) claim(place, toggle)
    for (const [slot, filling] of Object.entries(fillings) as [SlotName, unknown][]) {
      const rule = slotRules[slot]
      if (rule === 'exclusive') {
        composed[slot] = filling
      } else if (rule === 'wrap') {
        composed[slot] = [
          ...(composed[slot] as { order: number }[]),
          filling as { order: number },
        ].toSorted((a, b) => a.order - b.order)
      } else {
        const merged = { ...(composed[slot] as Record<string, unknown>) }
        for (const [path, leaf] of leaves(filling as Record<string, unknown>)) {
          setLeaf(merged, path, leaf)
        }
        composed[slot] = merged
      }
    }
  }
  return composed as unknown as Composition
}
