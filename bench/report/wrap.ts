/** Breaks text into lines of a report's width. */

import { stripVTControlCharacters } from 'node:util'

/** Columns that a report may take. */
export const reportWidth = 100

/** Colours take no column. */
const widthOf = (text: string): number => stripVTControlCharacters(text).length

/**
 * Breaks text at spaces. A word longer than a line stays whole.
 * @param text may begin with spaces, which stay
 * @param indent spaces before every line after the first
 */
export function wrap(text: string, indent: number): string {
  const [start = ''] = /^ */.exec(text) ?? []
  const lines: string[] = []
  let line = start
  for (const word of text.trim().split(' ')) {
    if (line.trim() !== '' && widthOf(line) + 1 + widthOf(word) > reportWidth) {
      lines.push(line)
      line = ' '.repeat(indent) + word
    } else line += line.trim() === '' ? word : ` ${word}`
  }
  return [...lines, line].join('\n')
}
