/** `gapwise toggles [NAME]`: every performance decision, or the page of one. */
import { exitCodes } from '../../src/errors.ts'
import { loadToggle } from '../../src/profile/resolve.ts'
import { toggleCatalogue } from '../catalogue/toggles.ts'
import type { Io } from '../io.ts'
import { renderToggleList, renderTogglePage } from '../report/toggle-text.ts'

/** What a command that only tells takes. */
export interface TellOptions {
  readonly json: boolean
}

/**
 * Prints the toggles; returns the exit code.
 * @throws GapwiseError usage UNKNOWN_TOGGLE
 */
export async function toggles(
  name: string | undefined,
  { json }: TellOptions,
  io: Io,
): Promise<number> {
  if (name !== undefined) await loadToggle(name, 'gapwise toggles')
  const all = await toggleCatalogue()
  const one = all.find((toggle) => toggle.name === name)
  if (json) io.out(`${JSON.stringify(one ?? all, null, 2)}\n`)
  else io.out(one === undefined ? renderToggleList(all) : renderTogglePage(one))
  return exitCodes.ok
}
