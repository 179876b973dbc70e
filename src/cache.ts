/** Values kept in this process: the contract of the slot `cache`. */

/** A bounded map that forgets what was used least recently. */
export interface Cache<V extends object> {
  get(key: number): V | undefined
  set(key: number, value: V): void
  delete(key: number): void
}

/** @param max how many values it keeps at most */
export type MakeCache = <V extends object>(max: number) => Cache<V>
