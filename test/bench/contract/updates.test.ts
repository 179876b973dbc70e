import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { type World, worldRandomNumber } from '../../../bench/data/world.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { distinctIds, type Handler, json, problemsOf, row, rowCount } from './fixture-server.ts'

const { postgres } = await openTestPostgres(t)

type Update = (client: Client, worlds: readonly World[]) => Promise<readonly World[]>

const write = (client: Client, worlds: readonly World[]) =>
  client.query(
    `UPDATE world SET random_number = new.number FROM unnest($1::int[], $2::int[]) AS new (id, number)
     WHERE world.id = new.id`,
    [worlds.map(({ id }) => id), worlds.map(({ randomNumber }) => randomNumber)],
  )

/** Rows with numbers drawn anew, none of them the seeded one. */
const newRows = (count: number): World[] =>
  distinctIds(count).map((id) => {
    const step = 1 + Math.floor(Math.random() * 9998)
    return { id, randomNumber: 1 + ((worldRandomNumber(id) + step) % 10_000) }
  })

/** What the server does, and the problems that must be named. */
const servers: Record<string, [update: Update, named: readonly RegExp[]]> = {
  'that is right': [
    async (client, worlds) => {
      await write(client, worlds)
      return worlds
    },
    [],
  ],
  'that answers the old numbers': [
    async (client, worlds) => {
      await write(client, worlds)
      return worlds.map(({ id }) => row(id))
    },
    [/queries=20: expected the numbers that the table then holds, found \d+ in row \d+, which/],
  ],
  'that writes nothing': [
    async (_client, worlds) => worlds,
    [/queries=500: expected new numbers in 500 rows, found 0 rows changed/],
  ],
  'that writes the rows that it read': [
    async (_client, worlds) => worlds.map(({ id }) => row(id)),
    [/queries=20: expected new numbers in 20 rows, found 0 rows changed/],
  ],
  'that writes another row too': [
    async (client, worlds) => {
      const id = (Math.max(...worlds.map((each) => each.id)) % 10_000) + 1
      await write(client, [...worlds, { id, randomNumber: 7 }])
      return worlds
    },
    [/queries=1: expected no other row to be changed, found row \d+ changed/],
  ],
  'that gives all rows one number': [
    async (client, worlds) => {
      const alike = worlds.map(({ id }) => ({ id, randomNumber: 7 }))
      await write(client, alike)
      return alike
    },
    [
      /queries=20: expected 20 rows of table world, found only 1 different number in 20 rows/,
      /queries=500: expected 500 rows of table world, found only 1 different number in 500 rows/,
    ],
  ],
  'that answers the old number beside the new one': [
    async (client, worlds) => {
      await write(client, worlds)
      return worlds.map((world) => ({ ...world, randomnumber: worldRandomNumber(world.id) }))
    },
    [/queries=1: expected 1 row of table world, found key "randomnumber"/],
  ],
  'that writes key randomnumber': [
    async (client, worlds) => {
      await write(client, worlds)
      return worlds.map(({ id, randomNumber }) => ({
        id,
        randomnumber: randomNumber,
      })) as unknown as World[]
    },
    [/queries=2: expected 2 rows of table world, found key "randomnumber"/],
  ],
  'that answers some rows only': [
    async (client, worlds) => {
      await write(client, worlds)
      return worlds.slice(0, 20)
    },
    [/queries=500: expected 500 rows of table world, found 20 rows/],
  ],
  'that gives all rows one number and answers others': [
    async (client, worlds) => {
      await write(
        client,
        worlds.map(({ id }) => ({ id, randomNumber: 7 })),
      )
      return worlds
    },
    [/queries=20: expected the numbers that the table then holds/],
  ],
}

for (const [name, [update, named]] of Object.entries(servers))
  t.test(`a server ${name}`, async (t) => {
    const databaseUrl = await postgres.createDatabase(`updates ${name}`)
    const client = new Client({ connectionString: databaseUrl })
    await client.connect()
    try {
      const handler: Handler = (url, response, request) => {
        const worlds = newRows(rowCount(url))
        void update(client, worlds).then((answer) => json(() => answer)(url, response, request))
      }
      const problems = await problemsOf({ '/updates': handler }, ['updates', 'db'], {
        clock: false,
        databaseUrl,
      })
      for (const each of named)
        t.ok(
          problems.some((problem) => each.test(problem)),
          `${String(each)} among ${problems.slice(0, 5).join('\n')}`,
        )
      if (named.length === 0) t.strictSame(problems, [])
      const { rows } = await client.query<World>(
        'SELECT id, random_number AS "randomNumber" FROM world',
      )
      const changed = rows.filter(({ id, randomNumber }) => randomNumber !== worldRandomNumber(id))
      t.strictSame(changed, [], 'the table holds what it was seeded with')
    } finally {
      await client.end()
    }
  })

async function openClient(t: Test): Promise<{ client: Client; databaseUrl: string }> {
  const databaseUrl = await postgres.createDatabase(t.name)
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  t.teardown(() => client.end())
  return { client, databaseUrl }
}

t.test('a server that answers before it has written', async (t) => {
  const { client, databaseUrl } = await openClient(t)
  const written: Promise<unknown>[] = []
  const handler: Handler = (url, response, request) => {
    const worlds = newRows(rowCount(url))
    json(() => worlds)(url, response, request)
    written.push(sleep(200).then(() => write(client, worlds)))
  }
  const problems = await problemsOf({ '/updates': handler }, ['updates'], {
    clock: false,
    databaseUrl,
  })
  await Promise.all(written)
  t.match(
    problems[0],
    /queries=\d+: expected the numbers that the table then holds, found \d+ in row/,
  )
})

t.test('a server that always writes the same rows', async (t) => {
  const { client, databaseUrl } = await openClient(t)
  let asked = 0
  const handler: Handler = (url, response, request) => {
    asked++
    const worlds = Array.from({ length: rowCount(url) }, (_, index) => ({
      id: index + 1,
      randomNumber: 1 + ((worldRandomNumber(index + 1) + asked) % 10_000),
    }))
    void write(client, worlds).then(() => json(() => worlds)(url, response, request))
  }
  t.match(
    await problemsOf({ '/updates': handler }, ['updates'], { clock: false, databaseUrl }),
    [/queries=20: expected rows drawn anew for each request, found the same rows twice/],
    'is found, although its numbers are new each time',
  )
})

t.test('a row twice, and no database to look into', async (t) => {
  const twice = json((url) => {
    const ids = distinctIds(rowCount(url))
    return [...ids.slice(1), ids.at(-1) ?? 1].map(row)
  })
  const problems = await problemsOf({ '/updates': twice }, ['updates'], { clock: false })
  t.match(problems[0], /queries=20: expected 20 rows of table world, found row \d+ twice/)
  t.strictSame(await problemsOf({}, ['updates'], { clock: false }), [])
})
