/** How a toggle is set, in words. */

/** `max 4, hold pooled`; `on` where there is nothing to choose. */
export const setting = (options: Readonly<Record<string, unknown>>): string => {
  const words = Object.entries(options).map(([name, value]) => `${name} ${String(value)}`)
  return words.length === 0 ? 'on' : words.join(', ')
}

/** A setting, with a note where another toggle leaves it without effect. */
export const settingBeside = (
  options: Readonly<Record<string, unknown>>,
  subsumedBy: string | undefined,
): string =>
  subsumedBy === undefined
    ? setting(options)
    : `${setting(options)} (no effect beside ${subsumedBy})`
