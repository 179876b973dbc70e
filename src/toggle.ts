/** The Toggle contract: one performance decision, how it is described and which slots it fills. */
import type { Static, TObject } from '@sinclair/typebox'
import type { Fillings } from './slot.ts'

/** What part of the stack a toggle acts on; groups the documentation and the conformance pairs. */
export type Family =
  | 'process'
  | 'server'
  | 'serialization'
  | 'logging'
  | 'database'
  | 'cache'
  | 'upstream'
  | 'auth'
  | 'templates'
  | 'compute'

/** A toggle that must be on too. */
export interface Requirement {
  readonly toggle: string
  /** The requirement holds only when this toggle is on. */
  readonly when?: string
  /** Why, as the end of a sentence: "because …". */
  readonly because: string
}

/** One performance decision. It acts before the first request, never during one. */
export interface Toggle<O extends TObject = TObject> {
  /** kebab-case, names the mechanism, equals the file name. */
  readonly name: string
  /** One sentence: what changes when it is on. */
  readonly summary: string
  readonly family: Family
  /** TypeBox schema with a default for every option. */
  readonly options: O
  /** What it gives up. */
  readonly tradeoff: string
  /** The step in FastAPI that it parallels, if there is one. */
  readonly counterpart: string | undefined
  /** Where the mechanism is documented. */
  readonly docs: string
  readonly requires?: readonly Requirement[]
  /** What must be there besides the server, and how the server is told of it. */
  readonly needs?: string
  /** Toggles that cannot be on beside it, each with the reason. */
  readonly excludes?: Readonly<Record<string, string>>
  /** Toggles that have no effect beside it; they stay listed, marked, and fill nothing. */
  readonly subsumes?: readonly string[]
  /** A bad habit, kept to be measured. */
  readonly anti?: true
  /** The slots it fills with these options. Called at boot only. */
  fill(options: Static<O>): Fillings
}

/** Keeps the options' type between schema and `fill`. */
export const defineToggle = <O extends TObject>(toggle: Toggle<O>): Toggle<O> => toggle
