/** What every server under test must do, whatever is switched on or in which language it is written. */
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Test } from 'tap'
import { describeProblem, verify } from '../../bench/contract.ts'
import {
  seededWorldRowProblem,
  seededWorldRowsProblem,
  worldRowProblem,
} from '../../bench/contract/probe/world.ts'
import { type PostAnswer, postAnswers } from '../../bench/data/posts.ts'
import { type Answer, openClient, type TestClient } from '../helpers/client.ts'
import type { Witness } from '../helpers/start-app.ts'
import {
  connectionsLeft,
  countWaiting,
  lockWorld,
  type TestPostgres,
  watchConnections,
} from '../helpers/test-postgres.ts'
import { checkBodiless } from './bodiless.ts'
import { askForOrders } from './orders.ts'
import { askForUpdates } from './updates.ts'

/** A server that is up. */
export interface Started {
  readonly url: URL
  readonly endpoints: readonly string[]
  /** The most connections that it may hold; undefined where each request opens one of its own. */
  readonly maxConnections: number | undefined
  /** How many orders at once it can take; as many as the suite likes when absent. */
  readonly ordersAtOnce?: number | undefined
  /** How many requests it has taken when it waits for the database; as many as there are when absent. */
  readonly takesAtOnce?: number | undefined
  /** Its own door at the stub of the downstream services. */
  readonly upstreamUrl: string
  /** What it read, where it runs in this process. */
  readonly witness?: Witness
  /** Stops it, and fails when it does not end well. */
  readonly stop: () => Promise<void>
}

/** How much of the suite is run. */
export interface Extent {
  readonly asks: (endpoint: string) => boolean
  /**
   * Also the clock, and what is only about how a request is read. Where it is known that both are right, a fifth
   * of the requests are sent at once besides.
   */
  readonly whole: boolean
}

const everything: Extent = { asks: () => true, whole: true }

const requests = 300
const updates = 60
/** Below PostgreSQL's own limit of connections, for servers that open one per request. */
const requestsAtOnce = 100
const posts = 50
const orders = 60
const inFlight = 20
/** How long one answer may take: the machine may have much else to do. */
const limitMs = 60_000

/** Runs the suite on a server that `start` brings up on a database of its own. */
export async function conform(
  t: Test,
  name: string,
  { postgres, admin }: TestPostgres,
  start: (databaseUrl: string) => Promise<Started>,
  { asks, whole }: Extent = everything,
): Promise<void> {
  const databaseUrl = await postgres.createDatabase(name)
  const started = await start(databaseUrl)
  const { url, maxConnections, ordersAtOnce, upstreamUrl, witness } = started
  const endpoints = started.endpoints.filter(asks)
  const share = whole ? 1 : 0.2
  const problems = await verify(url, endpoints, {
    databaseUrl,
    upstreamUrl,
    clock: whole,
    reading: whole,
    limitMs,
  })
  t.strictSame(problems.map(describeProblem), [], 'it signs the contract')

  await using client = openClient(url, requestsAtOnce, limitMs)
  await checkHead(t, client)
  t.equal((await client.ask('/no-such-path')).status, 404, 'an unknown path is 404')
  if (endpoints.includes('users-create') && endpoints.includes('links-create'))
    await checkBodiless(t, url)

  const connections = watchConnections(admin, databaseUrl)
  await checkRows(t, client, requests * share, witness)
  await checkPosts(t, client, posts * share)
  const checkOrders = endpoints.includes('checkout')
    ? await askForOrders(t, client, databaseUrl, orders * share, ordersAtOnce)
    : undefined
  const checkTable = endpoints.includes('updates')
    ? await askForUpdates(t, client, databaseUrl, updates * share)
    : undefined
  const most = await connections.end()
  t.ok(most > 0, 'it uses the database')
  if (maxConnections !== undefined)
    t.ok(most <= maxConnections, `it holds ${most} connections, at most ${maxConnections}`)
  await checkOrders?.()
  await checkTable?.()

  await checkStop(t, client, admin, databaseUrl, started)
  await postgres.dropDatabase(name)
}

async function checkHead(t: Test, client: TestClient): Promise<void> {
  const [get, head] = await Promise.all([client.ask('/json'), client.ask('/json', 'HEAD')])
  t.match(head, { status: 200, body: '' }, 'HEAD is answered without a body')
  for (const header of ['content-type', 'content-length'])
    t.equal(head.headers[header], get.headers[header], `HEAD has the ${header} of GET`)
}

/** Every answer holds the rows that were drawn for it: none is lost, repeated or another request's. */
async function checkRows(
  t: Test,
  client: TestClient,
  requests: number,
  witness?: Witness,
): Promise<void> {
  const before = witness?.asked.length
  const problems: string[] = []
  const ids: number[] = []
  const take = (path: string, { status, body }: Answer, problem: string | undefined): void => {
    if (status !== 200) problems.push(`${path}: ${status} ${body}`)
    else if (problem !== undefined) problems.push(`${path}: ${problem}`)
    else
      for (const { id } of [JSON.parse(body) as { id: number } | { id: number }[]].flat())
        ids.push(id)
  }
  await Promise.all(
    Array.from({ length: requests }, async (_, index) => {
      const count = 1 + (index % 20)
      const path = index % 2 === 0 ? '/db' : `/queries?queries=${count}`
      const answer = await client.ask(path)
      const { body } = answer
      take(
        path,
        answer,
        index % 2 === 0 ? seededWorldRowProblem(body) : seededWorldRowsProblem(body, count),
      )
    }),
  )
  t.strictSame(problems, [], `${requests} requests at once are answered with right rows`)
  if (witness === undefined) return
  t.strictSame(witness.swaps, [], 'no row went to another request')
  const sorted = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b)
  t.ok(
    isDeepStrictEqual(sorted(ids), sorted(witness.asked.slice(before))),
    'the rows answered are the rows drawn',
  )
}

async function checkPosts(t: Test, client: TestClient, requests: number): Promise<void> {
  const golden = postAnswers(100)
  const answers = await Promise.all(
    Array.from({ length: requests }, () => client.ask('/posts?limit=100')),
  )
  // Languages print RFC 3339 differently, so instants are compared.
  const read = (body: string): PostAnswer[] =>
    (JSON.parse(body) as PostAnswer[]).map((post) => ({
      ...post,
      createdAt: new Date(post.createdAt).toISOString(),
    }))
  const wrong = answers.filter(
    ({ status, body }) => status !== 200 || !isDeepStrictEqual(read(body), golden),
  )
  t.equal(wrong.length, 0, `${requests} lists of posts at once are the golden one`)
}

/**
 * Waits until every connection waits for the database, so that every process has taken its share of the requests; or until
 * no more have come to wait for two seconds: who reads for several requests at once needs fewer.
 */
async function untilTaken(countWaiting: () => Promise<number>, most: number): Promise<void> {
  const startedMs = performance.now()
  let waiting = 0
  let sinceMs = startedMs
  while (waiting < most && performance.now() - startedMs < 30_000) {
    await sleep(10)
    const now = await countWaiting()
    if (now !== waiting) sinceMs = performance.now()
    waiting = now
    if (waiting > 0 && performance.now() - sinceMs > 2_000) return
  }
}

/** Requests that wait for the database when the server is told to stop are answered before it goes. */
async function checkStop(
  t: Test,
  client: TestClient,
  admin: TestPostgres['admin'],
  databaseUrl: string,
  { maxConnections = inFlight, takesAtOnce = inFlight, stop }: Started,
): Promise<void> {
  const unlock = await lockWorld(databaseUrl)
  let answered = 0
  const answers = Array.from({ length: takesAtOnce }, async () => {
    const { status, body } = await client.ask('/db')
    answered++
    return status === 200 ? worldRowProblem(body) : `${status} ${body}`
  })
  await untilTaken(() => countWaiting(admin, databaseUrl), Math.min(takesAtOnce, maxConnections))
  const stopping = stop()
  await sleep(150)
  t.equal(answered, 0, 'they are in flight when it is told to stop')
  await unlock()
  const problems = await Promise.all(answers)
  t.strictSame(problems.filter(Boolean), [], 'what is in flight is answered')
  await t.resolves(stopping, 'it ends well')
  t.equal(await connectionsLeft(admin, databaseUrl), 0, 'no connection is left')
}
