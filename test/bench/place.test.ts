/** Places on a real PostgreSQL, and the truth that its counters tell about a server that makes its rows up. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { request } from 'undici'
import type { Contender, Running, Site } from '../../bench/contender.ts'
import { worldRandomNumber } from '../../bench/data/world.ts'
import type { Engine } from '../../bench/engine.ts'
import { openPlace } from '../../bench/place.ts'
import { createPlan } from '../../bench/plan/create-plan.ts'
import { run } from '../../bench/runner.ts'
import type { Door } from '../../bench/services/upstream.ts'
import type { RunParts } from '../../bench/runner/parts.ts'
import type { Finding } from '../../bench/truth.ts'
import { workload as db } from '../../bench/workloads/db.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'

const { supervisor, postgres } = await openTestPostgres(t)
let doorsLeft = 0
const door: Door = {
  url: 'http://127.0.0.1:1',
  [Symbol.asyncDispose]: async () => {
    doorsLeft++
  },
}
const beside = { supervisor, postgres, upstream: { openDoor: async () => door } }
const profile = (id: string) => ({ id, kind: 'profile' as const })

const numberOf = async (client: Client, id: number): Promise<number | undefined> => {
  const { rows } = await client.query<{ number: number }>(
    'SELECT random_number AS number FROM world WHERE id = $1',
    [id],
  )
  return rows[0]?.number
}

const connect = async (databaseUrl: string): Promise<Client> => {
  const client = new Client({ connectionString: databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

t.test('each place has a fresh database, and leaves none behind', async (t) => {
  const urls: string[] = []
  for (let block = 0; block < 2; block++) {
    await using place = await openPlace(profile('writer'), beside)
    const { databaseUrl = '' } = place
    urls.push(databaseUrl)
    t.match(place.site, { databaseUrl, databaseSocket: postgres.socketDir, upstreamUrl: /:1$/ })
    const client = await connect(databaseUrl)
    t.equal(await numberOf(client, 1), worldRandomNumber(1), 'what it was seeded with')
    await client.query('UPDATE world SET random_number = 0')
    await client.end()
  }
  t.not(urls[0], urls[1])
  t.equal(doorsLeft, 2, 'nor a door at the downstream services')
  for (const url of urls) await t.rejects(connect(url), { code: '3D000' })
})

t.test('the counters are those of the sessions that have ended', async (t) => {
  await using place = await openPlace(profile('counted'), beside)
  const client = await connect(place.databaseUrl ?? '')
  for (let id = 1; id <= 30; id++) await numberOf(client, id)
  await client.query('UPDATE world SET random_number = 0 WHERE id <= 7')
  await client.query(`INSERT INTO links (code, url) VALUES ('zzzzzz', 'http://h/')`)
  await client.query(`DELETE FROM links WHERE code = 'zzzzzz'`)
  await client.end()
  const counters = await place.counters()
  t.match(counters?.get('world'), { updated: 7, inserted: 0, deleted: 0 })
  t.ok((counters?.get('world')?.read ?? 0) >= 30)
  t.match(counters?.get('links'), { inserted: 1, deleted: 1 })

  const forgotten = await connect(place.databaseUrl ?? '')
  await numberOf(forgotten, 1)
  t.equal((await place.counters())?.get('world')?.updated, 7, 'one that stays is ended')
})

t.test('a server elsewhere has no database and no services of ours', async (t) => {
  await using place = await openPlace({ id: 'http://h:1', kind: 'url' }, beside)
  t.equal(place.databaseUrl, undefined)
  t.equal(place.site.upstreamUrl, undefined)
  t.equal(await place.counters(), undefined)
})

/** A server of GET /db: right answers, read from its database or, as every row follows from its id, made up. */
const rowServer = (id: string, lies: boolean): Contender => ({
  ...profile(id),
  toggles: {},
  versions: {},
  endpoints: ['db'],
  fresh: true,
  unavailable: async () => undefined,
  prepare: async () => {},
  start: async ({ databaseUrl }: Site): Promise<Running> => {
    const client = await connect(databaseUrl)
    const server = createServer((_request, response) => {
      void (async () => {
        const row = 1 + Math.floor(Math.random() * 10_000)
        const randomNumber = lies ? worldRandomNumber(row) : await numberOf(client, row)
        response.end(JSON.stringify({ id: row, randomNumber }))
      })()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    return {
      url: new URL(`http://127.0.0.1:${port}/`),
      cpu: undefined,
      verifyIdentity: async () => {},
      [Symbol.asyncDispose]: async () => {
        server.close()
        server.closeAllConnections()
        await client.end()
      },
    }
  },
})

const requestsPerWindow = 5

/** Asks a few times per window and checks each answer; nothing is measured. */
const engine: Engine = {
  name: 'few',
  paces: false,
  version: async () => '1',
  unavailable: async () => undefined,
  open: async (arms) => ({
    pid: undefined,
    window: async ({ arm, durationMs }) => {
      const url = arms.find(({ id }) => id === arm)?.url
      let passed = 0
      for (let asked = 0; asked < requestsPerWindow; asked++) {
        const { body } = await request(new URL('/db', url))
        const { id, randomNumber } = JSON.parse(await body.text()) as Record<string, number>
        if (randomNumber === worldRandomNumber(id ?? 0)) passed++
      }
      const errors = { status: 0, body: 0, socket: 0, timeout: 0 }
      return { requests: passed, errors, elapsedNs: durationMs * 1e6, generatorCpuNs: 0 }
    },
    [Symbol.asyncDispose]: async () => {},
  }),
}

/** A run of two blocks of these contenders on /db. */
const parts = (t: Test, contenders: readonly Contender[], found: Finding[]): RunParts => ({
  plan: createPlan({
    contenders: contenders.map(({ id }) => id),
    workloads: [{ name: 'db' }],
    connections: [1],
    seed: 1,
    budgetMs: 15_000,
    blocks: 2,
  }),
  contenders,
  workloads: [db],
  engine,
  openPlace: (contender) => openPlace(contender, beside),
  databaseCpu: undefined,
  upstreamCpu: undefined,
  verify: async () => [],
  record: async ({ findings }) => {
    found.push(...findings)
    return { preciseEnough: false }
  },
  signal: new AbortController().signal,
  onMoment: ({ doing }) => t.comment(doing),
  now: () => performance.now(),
})

t.test('a server that makes its rows up is caught by the counters', async (t) => {
  const honest: Finding[] = []
  await run(parts(t, [rowServer('honest', false)], honest))
  t.equal(honest.length, 2, 'each block is compared')
  for (const { counted, stated } of honest) {
    t.ok(stated >= requestsPerWindow * 3)
    t.equal(counted, stated, 'every answer is a row that was read')
  }

  const caught: Finding[] = []
  await t.rejects(run(parts(t, [rowServer('honest', false), rowServer('liar', true)], caught)), {
    code: 'TRUTH_FAILED',
    message: /^(?![^]*honest)[^]*liar: 0 rows of world read, [\d,]+ by its answers/,
  })
  t.same(caught, [], 'and nothing of the block is kept')
})
