/** What is seen while running and is not worked out from windows. Pure. */
import type { Gate, Warning } from '../results.ts'

/** What the runner saw besides windows; gates of one name and scope are merged, a failure stays. */
export interface Observations {
  readonly gates?: readonly Omit<Gate, 'basis'>[]
  readonly warnings?: readonly Omit<Warning, 'basis'>[]
}

const scopeKey = (gate: Omit<Gate, 'basis'>): string => {
  const { name, workload, connections, ratePerSecond, shareOfCapacity, contender } = gate
  return JSON.stringify([name, workload, connections, ratePerSecond, shareOfCapacity, contender])
}

/** The known gates with those seen; a failure stays. */
export const mergeGates = (known: readonly Gate[], seen: Observations['gates'] = []): Gate[] => {
  const merged = new Map(known.map((gate) => [scopeKey(gate), gate]))
  for (const gate of seen)
    if (merged.get(scopeKey(gate))?.ok !== false)
      merged.set(scopeKey(gate), { ...gate, basis: 'observed' })
  return [...merged.values()]
}

/** The known warnings with those seen; each is told once. */
export const mergeWarnings = (known: readonly Warning[], seen: Observations['warnings'] = []) => {
  const texts = new Set(known.map(({ message }) => message))
  return [...known, ...seen.filter(({ message }) => !texts.has(message)).map(observedWarning)]
}

const observedWarning = (warning: Omit<Warning, 'basis'>): Warning => ({
  ...warning,
  basis: 'observed',
})
