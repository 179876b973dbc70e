/** Prints a result in one of the formats: the one place that knows them. */
import { seenFromPeers } from './effect.ts'
import type { Io } from './io.ts'
import type { Measured } from './measure.ts'
import { renderMarkdown } from './report/markdown.ts'
import { renderOverview } from './report/overview.ts'
import type { Prices } from './report/sizing.ts'
import { renderText } from './report/text.ts'

export type Format = 'text' | 'md' | 'overview' | 'json'

const renderers: Record<Format, (measured: Measured, io: Io, prices: Prices) => string> = {
  text: ({ result, path }, { colour }, prices) => renderText(result, { path, colour, ...prices }),
  md: ({ result }, _io, prices) => renderMarkdown(result, prices),
  // A study has no comparisons that one table could hold.
  overview: ({ result }, _io, prices) =>
    result.design.study === undefined
      ? renderOverview(result, seenFromPeers(result))
      : renderMarkdown(result, prices),
  json: ({ result }) => `${JSON.stringify(result, null, 2)}\n`,
}

/** Writes the result to standard output. */
export const printResult = (
  measured: Measured,
  format: Format,
  io: Io,
  prices: Prices = {},
): void => io.out(renderers[format](measured, io, prices))
