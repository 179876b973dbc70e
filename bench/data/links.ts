/** Table `links`: the URL shortener's codes, with 1,000 of them to follow. */
import type { Table } from '../data.ts'

export const linkRows = 1000

export interface Link {
  readonly code: string
  readonly url: string
}

/**
 * The seeded link number `n`, from 1 to `linkRows`. Codes are seven digits of base 36; the factor is
 * prime to 36^7, so no two are the same and neighbours do not sit together in the index.
 */
export const seededLink = (n: number): Link => ({
  code: ((n * 48_271_111) % 36 ** 7).toString(36).padStart(7, '0'),
  url: `https://example.com/articles/${n}?ref=gapwise&page=${1 + (n % 9)}`,
})

export const links: Table<Link> = {
  name: 'links',
  ddl: 'CREATE TABLE links (code text PRIMARY KEY, url text NOT NULL)',
  columns: [
    { name: 'code', type: 'text', value: ({ code }) => code },
    { name: 'url', type: 'text', value: ({ url }) => url },
  ],
  rows: () => Array.from({ length: linkRows }, (_, index) => seededLink(index + 1)),
}
