/** What differs between two profiles, toggle by toggle. */
import { isDeepStrictEqual } from 'node:util'
import type { ActiveToggle, ResolvedProfile } from '../profile.ts'
import type { Toggle } from '../toggle.ts'

/** One toggle in which two profiles differ; a side is missing where the toggle is off. */
export interface ToggleDifference {
  readonly toggle: Toggle
  readonly a: ActiveToggle | undefined
  readonly b: ActiveToggle | undefined
}

/** The toggles that are not the same in both, sorted by name. */
export function diffProfiles(a: ResolvedProfile, b: ResolvedProfile): ToggleDifference[] {
  const inA = new Map(a.toggles.map((active) => [active.toggle.name, active]))
  const inB = new Map(b.toggles.map((active) => [active.toggle.name, active]))
  return [...new Set([...inA.keys(), ...inB.keys()])].toSorted().flatMap((name) => {
    const sideA = inA.get(name)
    const sideB = inB.get(name)
    const toggle = (sideA ?? sideB)?.toggle
    const same =
      sideA !== undefined && sideB !== undefined && isDeepStrictEqual(sideA.options, sideB.options)
    return toggle === undefined || same ? [] : [{ toggle, a: sideA, b: sideB }]
  })
}
