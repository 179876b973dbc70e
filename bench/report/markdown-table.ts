/** Tables of Markdown pages. */

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`)

const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`

/** A table without a line feed at its end; cells may hold markup, and a bar in them is escaped. */
export const markdownTable = (
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string => [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
