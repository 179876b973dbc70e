/** The commands that the README tells people to type: every line of its `sh` blocks. */
import { readFileSync } from 'node:fs'

/** One command as written; `waits` when it serves until it is stopped. */
export interface ReadmeCommand {
  readonly line: string
  readonly serves: boolean
}

/** All commands of the `sh` blocks in order, comments left out. */
export function readmeCommands(markdown: string): ReadmeCommand[] {
  return [...markdown.matchAll(/^```sh\n([^]*?)^```$/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => ({ line, serves: /^npm (run -s )?start\b/.test(line) }))
}

export const readme = (): string =>
  readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
