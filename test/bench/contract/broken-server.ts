/** A server of ours that is broken in one way, what the contract says of it, and ways to break it. */
import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify'
import { describeProblem, verify, type VerifyOptions } from '../../../bench/contract.ts'
import { openDatabase } from '../../../bench/contract/probe/stage.ts'
import { jwtSecret } from '../../../bench/data/token.ts'
import type { Postgres } from '../../../bench/services/postgres.ts'
import { buildApp } from '../../../src/app.ts'
import { compose } from '../../../src/compose.ts'
import type { Database } from '../../../src/database.ts'
import { identityOf } from '../../../src/identity.ts'
import { resolveProfile } from '../../../src/profile/resolve.ts'
import { quickStart } from '../../../src/quick-start.ts'
import type { Upstream } from '../../../src/upstream.ts'
import { openTestUpstream } from '../../helpers/test-upstream.ts'

/** Changes a server before it listens. */
export type Break = (app: FastifyInstance) => unknown

/** What is wrong with a server; all else is the baseline. */
export interface Fault {
  readonly app?: Break
  readonly fastify?: FastifyServerOptions
  readonly wrap?: (database: Database) => Partial<Database>
  readonly upstream?: (upstream: Upstream) => Upstream
  /** Run in its database first. */
  readonly sql?: string
}

export interface Findings {
  readonly problems: readonly string[]
  readonly databaseUrl: string
}

let databases = 0

/**
 * What the contract says of a server with this fault.
 * @param options how much is asked; the contract looks into the database unless `blind`
 */
export async function findingsOf(
  t: { teardown(fn: () => unknown): unknown },
  postgres: Postgres,
  endpoints: readonly string[],
  { app: breakIt, fastify = {}, wrap = () => ({}), upstream = (usual) => usual, sql }: Fault,
  { blind = false, ...options }: VerifyOptions & { readonly blind?: boolean } = {},
): Promise<Findings> {
  const databaseUrl = await postgres.createDatabase(`fault-${databases++}`)
  if (sql !== undefined) {
    await using database = await openDatabase(databaseUrl)
    await database.sql(sql)
  }
  const parts = compose(quickStart, [])
  const upstreamUrl = await openTestUpstream(t)
  const app = await buildApp(
    {
      ...parts,
      server: { ...parts.server, fastify },
      upstream: async () => {
        const make = await parts.upstream()
        return (url) => upstream(make(url))
      },
      wrappers: [{ order: 1, wrap: (database) => ({ ...database, ...wrap(database) }) }],
    },
    {
      databaseUrl,
      upstreamUrl,
      jwtSecret,
      journal: { write: () => {} },
      ready: () => true,
      identity: identityOf(await resolveProfile('baseline'), 1, 'test-run'),
    },
  )
  t.teardown(() => app.close())
  await breakIt?.(app)
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const problems = await verify(url, endpoints, {
    ...options,
    ...(!blind && { databaseUrl, upstreamUrl }),
  })
  return { problems: problems.map(describeProblem), databaseUrl }
}

/** Asserts that the contract names a fault. */
export function named(
  t: { ok(value: unknown, message: string): unknown },
  { problems }: Findings,
  pattern: RegExp,
): void {
  t.ok(
    problems.some((problem) => pattern.test(problem)),
    `${String(pattern)} among ${JSON.stringify(problems.slice(0, 10))}`,
  )
}

/** Changes the text of answers with this status. */
export const edit =
  (status: number, change: (text: string) => string): Break =>
  (app) =>
    app.addHook('onSend', async (_request, { statusCode }, payload) =>
      statusCode === status && typeof payload === 'string' ? change(payload) : payload,
    )

/** Answers with another status. */
export const restatus =
  (from: number, to: number): Break =>
  (app) =>
    app.addHook('onSend', async (_request, reply, payload) => {
      if (reply.statusCode === from) reply.code(to)
      return payload
    })

/** Sets or, with undefined, leaves out a header of answers with this status. */
export const header =
  (status: number, name: string, value?: string): Break =>
  (app) =>
    app.addHook('onSend', async (_request, reply, payload) => {
      if (reply.statusCode !== status) return payload
      if (value === undefined) reply.removeHeader(name)
      else reply.header(name, value)
      return payload
    })

/** Breaks down on some requests. */
export const failing =
  (on: (request: FastifyRequest) => boolean): Break =>
  (app) =>
    app.addHook('onSend', async (request, reply, payload) => {
      if (on(request)) reply.code(500)
      return payload
    })

/** Changes requests before anybody looks at them; of their bodies nothing is known yet. */
export const mending =
  (change: (request: FastifyRequest) => void): Break =>
  (app) =>
    app.addHook('onRequest', async (request) => change(request))

/** Changes bodies before they are validated. */
export const rewriting =
  (change: (body: unknown) => unknown): Break =>
  (app) =>
    app.addHook('preValidation', async (request) => {
      request.body = change(request.body)
    })
