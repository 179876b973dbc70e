/** Every endpoint there is: the folder is the list. */
import type { Endpoint } from './endpoint.ts'
import { loadMember, memberNames } from './registry.ts'

const folder = new URL('./endpoints/', import.meta.url)

/** Loads all endpoints, sorted by name. */
export const loadEndpoints = (): Promise<Endpoint[]> =>
  Promise.all(memberNames(folder).map((name) => loadMember<Endpoint>(folder, name)))
