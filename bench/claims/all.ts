/** Every claim, in the order of the list that people brought. */
import type { Claim } from '../claim.ts'
import { databaseClaims } from './database.ts'
import { footprintClaims } from './footprint.ts'
import { frameworkClaims } from './frameworks.ts'
import { realismClaim } from './realism.ts'
import { tuningClaims } from './tuning.ts'

/** By number, then by letter. */
export const allClaims: readonly Claim[] = [
  ...frameworkClaims,
  ...databaseClaims,
  ...footprintClaims,
  ...tuningClaims,
  realismClaim,
].toSorted(
  (one, other) =>
    Number.parseInt(one.id, 10) - Number.parseInt(other.id, 10) || one.id.localeCompare(other.id),
)
