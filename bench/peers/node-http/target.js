/** Reads the target of a request as the documentation of node:http does. */
import { Problem } from './respond.js'

const base = 'http://localhost'

/** @returns the path, still encoded, and the query as URLSearchParams */
export function parseTarget(target) {
  const url = URL.parse(base + target)
  if (url === null) throw new Problem(400)
  return { path: url.pathname, query: url.searchParams }
}
