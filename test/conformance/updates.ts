/** Updates that run at once: every answer is what the table held, and nothing is lost or written besides. */
import { Client } from 'pg'
import type { Test } from 'tap'
import { distinctWorldRowsProblem } from '../../bench/contract/probe/world.ts'
import { type World, worldRandomNumber } from '../../bench/data/world.ts'
import type { TestClient } from '../helpers/client.ts'

async function readTable(databaseUrl: string): Promise<World[]> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<World>(
      'SELECT id, random_number AS "randomNumber" FROM world',
    )
    return rows
  } finally {
    await client.end()
  }
}

/**
 * The table holds the numbers that it was seeded with before, and others afterwards.
 * @returns looks into the table, in a connection of its own
 */
export async function askForUpdates(
  t: Test,
  client: TestClient,
  databaseUrl: string,
  requests: number,
): Promise<() => Promise<void>> {
  const problems: string[] = []
  /** Every number that some answer gave a row: of several the last that was written stays. */
  const answered = new Map<number, Set<number>>()
  await Promise.all(
    Array.from({ length: requests }, async (_, index) => {
      const count = index % 20 === 0 ? 200 : 1 + (index % 20)
      const { status, body } = await client.ask(`/updates?queries=${count}`)
      const problem = status === 200 ? distinctWorldRowsProblem(body, count) : `${status} ${body}`
      if (problem !== undefined) {
        problems.push(problem)
        return
      }
      for (const { id, randomNumber } of JSON.parse(body) as World[])
        answered.set(id, (answered.get(id) ?? new Set<number>()).add(randomNumber))
    }),
  )
  t.strictSame(problems, [], `${requests} updates at once are answered`)
  return async () => {
    const wrong = (await readTable(databaseUrl)).filter(
      ({ id, randomNumber }) =>
        !(answered.get(id) ?? new Set([worldRandomNumber(id)])).has(randomNumber),
    )
    t.strictSame(wrong, [], 'the table holds what was answered, and the rest is as before')
  }
}
