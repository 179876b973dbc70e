/** The footprint in Markdown. */
import type { Result } from '../results.ts'
import { footprintReading, footprintTable } from './footprint.ts'

/**
 * Table and notes; none for a run that was not asked for it.
 * @param escape keeps names from being read as markup
 */
export const footprintMarkdown = (result: Result, escape: (text: string) => string): string[] => {
  const table = footprintTable(result)
  if (table === undefined) return []
  const line = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |`
  const { contenders, rows, unknown } = table
  return [
    [
      '**Footprint**',
      '',
      line(['', ...contenders]),
      line(['---', ...contenders.map(() => '---')]),
      ...rows.map(({ label, cells }) => line([label, ...cells])),
    ].join('\n'),
    [...unknown, footprintReading(result)].map((note) => `- ${escape(note)}`).join('\n'),
  ]
}
