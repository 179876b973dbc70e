import { Client } from 'pg'
import t, { type Test } from 'tap'
import { type World, worldRandomNumber } from '../../../bench/data/world.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { type Handler, json, problemsOf, row, rowCount } from './fixture-server.ts'

const { postgres } = await openTestPostgres(t)

type Answer = (client: Client, count: number) => Promise<readonly World[]>

const drawn = (count: number): number[] => Array.from({ length: count }, () => row().id)

async function read(client: Client, ids: readonly number[]): Promise<readonly World[]> {
  const { rows } = await client.query<World>(
    'SELECT id, random_number AS "randomNumber" FROM world WHERE id = ANY($1)',
    [ids],
  )
  const byId = new Map(rows.map((world) => [world.id, world]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** What is found of a server that answers so; its table must be free and unchanged afterwards. */
async function problemsWith(t: Test, answer: Answer): Promise<string[]> {
  const databaseUrl = await postgres.createDatabase(t.name)
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const handler: Handler = (url, response, request) => {
      void answer(client, rowCount(url, 'count')).then(
        (worlds) => json(() => worlds)(url, response, request),
        () => response.writeHead(500).end(),
      )
    }
    const options = { clock: false, databaseUrl }
    const problems = await problemsOf({ '/cached-queries': handler }, ['cached-queries'], options)
    const all = await read(
      client,
      Array.from({ length: 10_000 }, (_, index) => index + 1),
    )
    t.equal(all.length, 10_000)
    t.ok(all.every(({ id, randomNumber }) => randomNumber === worldRandomNumber(id)))
    return problems
  } finally {
    await client.end()
  }
}

t.test('a server with a cache of the table is right', async (t) => {
  let cache: Promise<readonly World[]> | undefined
  const problems = await problemsWith(t, async (client, count) => {
    cache ??= read(
      client,
      Array.from({ length: 10_000 }, (_, index) => index + 1),
    )
    const kept = await cache
    return drawn(count).flatMap((id) => kept[id - 1] ?? [])
  })
  t.strictSame(problems, [])
})

t.test('a server that reads the table for each request is found', async (t) => {
  t.match(await problemsWith(t, (client, count) => read(client, drawn(count))), [
    /count=20: expected rows from a cache, found no answer while table world is locked/,
  ])
})

t.test('a server whose cache forgets at once is found', async (t) => {
  const kept = new Map<number, World>()
  const problems = await problemsWith(t, async (client, count) => {
    const ids = drawn(count)
    for (const world of await read(
      client,
      ids.filter((id) => !kept.has(id)),
    ))
      kept.set(world.id, world)
    const worlds = ids.flatMap((id) => kept.get(id) ?? [])
    kept.clear()
    return worlds
  })
  t.match(problems, [/expected rows from a cache/])
})

t.test('a server that fails without the table is found', async (t) => {
  const problems = await problemsWith(t, async (client, count) => {
    await client.query("SET lock_timeout = '50ms'")
    return read(client, drawn(count))
  })
  t.ok(problems.length > 0)
  t.match(problems[0], /count=20: expected status 200, found 500/)
})
