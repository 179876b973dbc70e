/** Durations as people write them: `90s`, `3m`, `500ms`. */
import { GapwiseError } from '../src/errors.ts'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/**
 * Milliseconds of a duration; a bare number is seconds.
 * @param option what to name in the error, e.g. `--budget`
 * @throws GapwiseError usage BAD_DURATION
 */
export function parseDuration(text: string, option: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? []
  if (number === undefined) {
    throw new GapwiseError(
      'usage',
      'BAD_DURATION',
      `${option} takes a duration such as 90s or 3m, found "${text}".`,
    )
  }
  return Number(number) * (unitMs[unit] ?? 1000)
}
