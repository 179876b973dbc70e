/** A folder with a peer of a test's own. */
import type { Test } from 'tap'

/** What a test's peer is beside the usual. */
export interface PeerFolderOptions {
  /** More files, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** Replaces parts of its peer.json. */
  readonly manifest?: Readonly<Record<string, unknown>>
}

/**
 * Writes the folder.
 * @param code of its server.js, an ES module
 * @param env of its one level
 * @returns its absolute path
 */
export const peerFolder = (
  t: Pick<Test, 'testdir'>,
  code: string,
  env: Readonly<Record<string, string>> = {},
  { files = {}, manifest = {} }: PeerFolderOptions = {},
): string =>
  t.testdir({
    'package.json': '{ "type": "module" }',
    'server.js': code,
    'peer.json': JSON.stringify({
      name: 'mine',
      language: 'JavaScript',
      framework: 'none',
      summary: 'A peer for tests.',
      requires: [],
      endpoints: ['json'],
      levels: { default: { summary: 'One.', start: ['node', 'server.js'], env } },
      ...manifest,
    }),
    ...files,
  })
