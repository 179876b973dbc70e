/** Rows of `world` in answers: in range always, and exactly as seeded where nothing has written yet. */
import type { Case } from '../../contract.ts'
import { type World, worldRandomNumber, worldRows } from '../../data/world.ts'
import { badCounts } from './counts.ts'
import { isObject, keysProblem, parseArray, parseJson } from './json.ts'

/** What is wrong with one row, if anything. */
export type RowProblem = (row: World) => string | undefined
/** What is wrong with an answer of `count` rows, if anything. */
export type RowsProblem = (body: string, count: number) => string | undefined

const keys = ['id', 'randomNumber']
const mostRows = 500

const isBetween = (value: unknown, low: number, high: number): value is number =>
  Number.isInteger(value) && (value as number) >= low && (value as number) <= high

/** The row that a value is, or what is wrong with it in words. */
function toWorld(row: unknown): World | string {
  if (!isObject(row)) return `no object but ${JSON.stringify(row)}`
  const wrongKeys = keysProblem(row, keys)
  if (wrongKeys !== undefined) return wrongKeys
  const { id, randomNumber } = row
  if (!isBetween(id, 1, worldRows)) return `id ${JSON.stringify(id)}`
  if (!isBetween(randomNumber, 1, worldRows))
    return `randomNumber ${JSON.stringify(randomNumber)} in row ${id}, which is none of 1 to ${worldRows}`
  return { id, randomNumber }
}

/** The rows in a body, or what is wrong with it in words. */
export function parseWorlds(body: string): readonly World[] | string {
  const items = parseArray(body)
  if (typeof items === 'string') return items
  const worlds: World[] = []
  for (const item of items) {
    const world = toWorld(item)
    if (typeof world === 'string') return world
    worlds.push(world)
  }
  return worlds
}

/** The number follows from the id, so no swap goes unseen. */
const seededProblem: RowProblem = ({ id, randomNumber }) =>
  randomNumber === worldRandomNumber(id)
    ? undefined
    : `randomNumber ${randomNumber} in row ${id}, which holds ${worldRandomNumber(id)}`

const bodyProblem = (body: string, rowProblem?: RowProblem): string | undefined => {
  const parsed = parseJson(body)
  if ('problem' in parsed) return parsed.problem
  const world = toWorld(parsed.value)
  return typeof world === 'string' ? world : rowProblem?.(world)
}

const rowsProblem = (body: string, count: number, rowProblem?: RowProblem): string | undefined => {
  const worlds = parseWorlds(body)
  if (typeof worlds === 'string') return worlds
  if (worlds.length !== count) return `${worlds.length} rows`
  for (const world of worlds) {
    const problem = rowProblem?.(world)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** What is wrong with a body that should be one row, if anything. */
export const worldRowProblem = (body: string): string | undefined => bodyProblem(body)
/** As `worldRowProblem`, on a table that nothing has written to. */
export const seededWorldRowProblem = (body: string): string | undefined =>
  bodyProblem(body, seededProblem)

/** What is wrong with a body that should be `count` rows, if anything. */
export const worldRowsProblem: RowsProblem = (body, count) => rowsProblem(body, count)
/** As `worldRowsProblem`, on a table that nothing has written to. */
export const seededWorldRowsProblem: RowsProblem = (body, count) =>
  rowsProblem(body, count, seededProblem)

/** As `worldRowsProblem`; no row may be there twice. */
export const distinctWorldRowsProblem: RowsProblem = (body, count) => {
  const ids = new Set<number>()
  return rowsProblem(body, count, ({ id }) => {
    if (ids.has(id)) return `row ${id} twice`
    ids.add(id)
    return undefined
  })
}

const manyDigits = `1${'0'.repeat(30)}`

/** Every way to ask for a number of rows, by TechEmpower's rule: clamped to 1…500, bad values meaning 1. */
export function countCases(
  path: string,
  parameter: string,
  problem: RowsProblem = worldRowsProblem,
): Case[] {
  const one = (query: string, count: number, more: Pick<Case, 'reading'> = {}): Case => ({
    ...more,
    request: { method: 'GET', path: `${path}${query}` },
    expected: `${count} row${count === 1 ? '' : 's'} of table world`,
    check: (body) => problem(body, count),
    drawn: count === 20,
  })
  const reading = true
  const clamped: [raw: string, count: number][] = [
    ['500', mostRows],
    ['501', mostRows],
    [manyDigits, mostRows],
    ...badCounts.map((bad): [string, number] => [bad, 1]),
  ]
  return [
    ...[20, 1, 2].map((count) => one(`?${parameter}=${count}`, count)),
    ...clamped.map(([raw, count]) => one(`?${parameter}=${raw}`, count, { reading })),
    one('', 1, { reading }),
    {
      reading,
      // A key given twice has no agreed meaning; it must only not break the server.
      request: { method: 'GET', path: `${path}?${parameter}=2&${parameter}=3` },
      expected: `1 to ${mostRows} rows of table world`,
      check: (body) => {
        const worlds = parseWorlds(body)
        if (typeof worlds === 'string') return worlds
        const { length } = worlds
        return length >= 1 && length <= mostRows ? undefined : `${length} rows`
      },
    },
  ]
}

/** The exact rows, asked while nothing has written to the table. */
export const seededCase = (path: string, count: number): Case => ({
  request: { method: 'GET', path },
  expected: `${count} rows of table world with the numbers that it holds`,
  check: (body) => seededWorldRowsProblem(body, count),
  seeded: true,
})
