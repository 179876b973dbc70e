/** Rows of text under one another. */
import { wrap } from './wrap.ts'

/** Lines with their cells aligned to the left, two spaces before each; a last cell that is too long goes on below itself. */
export const columns = (rows: readonly (readonly string[])[]): string[] => {
  const last = Math.max(0, ...rows.map((row) => row.length)) - 1
  const widths = Array.from({ length: Math.max(0, last) }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const indent = 2 + widths.reduce((sum, width) => sum + width + 2, 0)
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0))
    return wrap(`  ${cells.join('  ')}`.trimEnd(), indent)
  })
}

/** The same without an end: for tables of many narrow cells, which a wrapped one would spoil. */
export const wideColumns = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
}
