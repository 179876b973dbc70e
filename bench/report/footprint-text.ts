/** The footprint for a terminal: as many contenders beside the base as fit, the others below. */
import type { Result } from '../results.ts'
import { footprintReading, footprintTable, type FootprintTable } from './footprint.ts'
import { reportWidth, wrap } from './wrap.ts'

const indent = 2

const widthOf = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length))

/** Groups of columns by their place, each with the base and at least one more where there is one. */
const groupsOf = ({ contenders, rows }: FootprintTable): number[][] => {
  const widths = contenders.map((id, column) =>
    widthOf([id, ...rows.map(({ cells }) => cells[column] ?? '')]),
  )
  const first = indent + widthOf(rows.map(({ label }) => label)) + 2 + (widths[0] ?? 0)
  const groups: number[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const [column, width] of widths.entries()) {
    if (column === 0) continue
    if (used + 2 + width > reportWidth) {
      groups.push([0])
      used = first
    }
    groups.at(-1)!.push(column)
    used += 2 + width
  }
  return groups.length === 0 ? [[0]] : groups
}

const renderGroup = ({ contenders, rows }: FootprintTable, columns: readonly number[]): string => {
  const lines = [
    ['', ...columns.map((column) => contenders[column] ?? '')],
    ...rows.map(({ label, cells }) => [label, ...columns.map((column) => cells[column] ?? '')]),
  ]
  const widths = [0, ...columns].map((_, place) => widthOf(lines.map((line) => line[place] ?? '')))
  return lines
    .map((line) =>
      line
        .map((cell, place) => cell.padEnd(widths[place] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${' '.repeat(indent)}${line}`)
    .join('\n')
}

/** Table and notes; none for a run that was not asked for it. */
export const footprintText = (result: Result): string[] => {
  const table = footprintTable(result)
  if (table === undefined) return []
  const groups = groupsOf(table).map((columns) => renderGroup(table, columns))
  const notes = [...table.unknown, footprintReading(result)].map((note) => wrap(`  ${note}`, 4))
  return [`Footprint\n${groups.join('\n\n')}\n${notes.join('\n')}`]
}
