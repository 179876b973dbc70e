/** A small seeded source of choices, so that made-up rows are the same on every machine. */

export interface Picker {
  /** A whole number from 0 up to, but without, `below`. */
  below(below: number): number
  /** One of the given items. */
  of<Item>(items: readonly [Item, ...Item[]]): Item
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for text, and it is five lines. */
export const picker = (seed: number): Picker => {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, of: (items) => items[below(items.length)] ?? items[0] }
}
