/** What GET /db owes. */
import type { EndpointContract } from '../contract.ts'
import { worldRandomNumber, worldRows } from '../data/world.ts'
import { isObject, keysProblem, parseJson } from './probe/json.ts'

const keys = ['id', 'randomNumber']

/** What is wrong with one row of `world`, if anything. The number follows from the id, so no swap goes unseen. */
export function rowProblem(row: unknown): string | undefined {
  if (!isObject(row)) return `no object but ${JSON.stringify(row)}`
  const wrongKeys = keysProblem(row, keys)
  if (wrongKeys !== undefined) return wrongKeys
  const { id, randomNumber } = row
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > worldRows)
    return `id ${JSON.stringify(id)}`
  return randomNumber === worldRandomNumber(id)
    ? undefined
    : `randomNumber ${JSON.stringify(randomNumber)} in row ${id}, which holds ${worldRandomNumber(id)}`
}

/** What is wrong with an answer to GET /db, if anything. */
export function worldRowProblem(body: string): string | undefined {
  const parsed = parseJson(body)
  return 'problem' in parsed ? parsed.problem : rowProblem(parsed.value)
}

export const contract: EndpointContract = {
  name: 'db',
  mediaType: 'application/json',
  measured: true,
  cases: [
    {
      request: { method: 'GET', path: '/db' },
      expected: '{"id","randomNumber"} as table world holds them',
      check: worldRowProblem,
      drawn: true,
    },
  ],
}
