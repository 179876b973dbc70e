/** Reads the target of a request by hand: URL does much more than a route needs. */
const none = new URLSearchParams()

export function parseTarget(target) {
  const at = target.indexOf('?')
  if (at < 0) return { path: target, query: none }
  return { path: target.slice(0, at), query: new URLSearchParams(target.slice(at + 1)) }
}
