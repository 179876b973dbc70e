/** What GET /updates?queries=N owes: N different rows, each with a new number, as the database then holds them. */
import type { EndpointContract, Scenario, Stage } from '../contract.ts'
import { type World, world } from '../data/world.ts'
import type { Request } from '../workload.ts'
import {
  countCases,
  distinctWorldRowsProblem,
  parseWorlds,
  type RowsProblem,
} from './probe/world.ts'

type Sql = NonNullable<Stage['sql']>

/** A number drawn anew may be the old one, once in 10,000 times; TechEmpower takes 450 changed rows of 500. */
const leastChanged = (count: number): number => Math.floor(0.9 * count)

/** Numbers drawn for each row by itself are hardly ever the same: of 20 out of 10,000 two are, of 500 a few. */
const fewestNumbers = (count: number): number => Math.ceil(count / 2)

/** As `distinctWorldRowsProblem`; and no number may have been drawn for all rows at once. */
const updatedRowsProblem: RowsProblem = (body, count) => {
  const worlds = parseWorlds(body)
  if (typeof worlds === 'string') return worlds
  const { size } = new Set(worlds.map(({ randomNumber }) => randomNumber))
  return size < fewestNumbers(worlds.length)
    ? `only ${size} different number${size === 1 ? '' : 's'} in ${worlds.length} rows`
    : distinctWorldRowsProblem(body, count)
}

const readNumbers = async (sql: Sql): Promise<ReadonlyMap<number, number>> => {
  const rows = await sql<World>('SELECT id, random_number AS "randomNumber" FROM world')
  return new Map(rows.map(({ id, randomNumber }) => [id, randomNumber]))
}

/** Gives every row the number back that it was seeded with. */
const putBack = async (sql: Sql): Promise<void> => {
  const seeds = world.rows()
  await sql(
    `UPDATE world SET random_number = seed.number
     FROM unnest($1::int[], $2::int[]) AS seed (id, number)
     WHERE world.id = seed.id AND world.random_number <> seed.number`,
    [seeds.map(({ id }) => id), seeds.map(({ randomNumber }) => randomNumber)],
  )
}

async function compareWithTable({ askFor, problem }: Stage, sql: Sql, count: number) {
  const request: Request = { method: 'GET', path: `/updates?queries=${count}` }
  const before = await readNumbers(sql)
  const { body } = await askFor([200], request)
  const after = await readNumbers(sql)
  const answered = parseWorlds(body)
  if (typeof answered === 'string') {
    problem(request, `${count} rows of table world`, answered)
    return
  }
  for (const { id, randomNumber } of answered)
    if (after.get(id) !== randomNumber)
      problem(
        request,
        'the numbers that the table then holds',
        `${randomNumber} in row ${id}, which holds ${after.get(id)}`,
      )
  const ids = new Set(answered.map(({ id }) => id))
  const changed = [...after.keys()].filter((id) => after.get(id) !== before.get(id))
  const others = changed.filter((id) => !ids.has(id))
  if (others.length > 0)
    problem(request, 'no other row to be changed', `row ${others.slice(0, 5).join(', ')} changed`)
  if (changed.length < leastChanged(count))
    problem(request, `new numbers in ${count} rows`, `${changed.length} rows changed`)
}

const asTheTableHolds: Scenario = {
  title: 'the answer is what the table then holds, and nothing else has changed',
  async run(stage) {
    const { sql } = stage
    if (sql === undefined) return
    try {
      for (const count of [1, 20, 500]) await compareWithTable(stage, sql, count)
    } finally {
      await putBack(sql)
    }
  },
}

/** New numbers hide that the rows are not: the cases see only that the answers differ. */
const drawnAnew: Scenario = {
  title: 'each request draws other rows',
  async run({ askFor, problem, sql }) {
    if (sql === undefined) return
    const request: Request = { method: 'GET', path: '/updates?queries=20' }
    try {
      const [first, second] = await Promise.all([askFor([200], request), askFor([200], request)])
      const [some, others] = [first, second].map(({ body }) => parseWorlds(body))
      if (typeof some !== 'object' || typeof others !== 'object') return
      const ids = new Set(some.map(({ id }) => id))
      if (others.every(({ id }) => ids.has(id)))
        problem(request, 'rows drawn anew for each request', 'the same rows twice')
    } finally {
      await putBack(sql)
    }
  },
}

export const contract: EndpointContract = {
  name: 'updates',
  mediaType: 'application/json',
  measured: true,
  writes: true,
  cases: countCases('/updates', 'queries', updatedRowsProblem),
  scenarios: [asTheTableHolds, drawnAnew],
  // No form of it must be refused, so one row gets a new number, where it is such a server at all.
  probe: { request: { method: 'GET', path: '/updates?queries=1' }, status: 200, after: 'queries' },
}
