/** How many cores a contender can keep busy. */
import type { ContenderFacts, Raw } from '../results.ts'

/** Toggles by which a profile serves from more than one thread that runs JavaScript. */
const spreading = ['workers', 'cpu-offload']

/**
 * Cores that a contender can keep busy: those of the budget, and of them one where it is a profile with a single
 * thread for requests. Undefined where it shares them with the generator, or was started by somebody else.
 */
export const usableCores = (
  { contenderCores }: Raw['design'],
  { kind, toggles }: Pick<ContenderFacts, 'kind' | 'toggles'>,
): number | undefined => {
  if (contenderCores === undefined || kind === 'url') return undefined
  const isSpread = kind === 'peer' || spreading.some((toggle) => toggle in toggles)
  return isSpread ? contenderCores : 1
}
