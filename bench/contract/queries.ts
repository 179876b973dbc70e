/** What GET /queries?queries=N owes: N rows, N clamped to 1…500, bad values meaning 1. */
import type { Case, EndpointContract } from '../contract.ts'
import { rowProblem } from './db.ts'
import { parseArray } from './probe/json.ts'

/** What is wrong with an answer of `count` rows, if anything. */
export function worldRowsProblem(body: string, count: number): string | undefined {
  const rows = parseArray(body)
  if (typeof rows === 'string') return rows
  if (rows.length !== count) return `${rows.length} rows`
  return firstProblem(rows)
}

function firstProblem(rows: readonly unknown[]): string | undefined {
  for (const row of rows) {
    const problem = rowProblem(row)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** A key given twice has no agreed meaning; it must only not break the server. */
function anyRowsProblem(body: string): string | undefined {
  const rows = parseArray(body)
  if (typeof rows === 'string') return rows
  return rows.length >= 1 && rows.length <= 500 ? firstProblem(rows) : `${rows.length} rows`
}

const rowsCase = (query: string, count: number): Case => ({
  request: { method: 'GET', path: `/queries${query}` },
  expected: `${count} row${count === 1 ? '' : 's'} of table world`,
  check: (body) => worldRowsProblem(body, count),
  drawn: count === 20,
})

export const contract: EndpointContract = {
  name: 'queries',
  mediaType: 'application/json',
  measured: true,
  cases: [
    rowsCase('?queries=20', 20),
    rowsCase('?queries=1', 1),
    rowsCase('?queries=2', 2),
    rowsCase('?queries=500', 500),
    rowsCase('?queries=501', 500),
    rowsCase('?queries=1000000000000000000000000000000', 500),
    rowsCase('', 1),
    ...['', 'foo', '0', '-5', '2.5'].map((bad) => rowsCase(`?queries=${bad}`, 1)),
    {
      request: { method: 'GET', path: '/queries?queries=2&queries=3' },
      expected: '1 to 500 rows of table world',
      check: anyRowsProblem,
    },
  ],
}
