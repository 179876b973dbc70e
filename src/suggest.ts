/** "Did you mean": turns an unknown name into a sentence that helps. */
import { closest, distance } from 'fastest-levenshtein'

/**
 * What to say of a name that is not known: the nearest known one if it is near, and the list.
 * @param unknown what the user wrote
 * @param known every valid name
 */
export function suggest(unknown: string, known: readonly string[]): string {
  const list = `Known: ${known.join(', ')}.`
  if (known.length === 0) return 'None are known.'
  const nearest = closest(unknown, known)
  const near = distance(unknown, nearest) <= Math.max(2, Math.floor(unknown.length / 3))
  return near ? `Did you mean "${nearest}"? ${list}` : list
}
