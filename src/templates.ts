/** HTML pages: the contract of the slot `templates`. */
import type { Fortune } from './database.ts'

/** One function for each page. */
export interface Templates {
  /** @param fortunes in the order in which they are shown */
  fortunes(fortunes: readonly Fortune[]): string
}
