/** The contract of fanout and checkout finds servers that break it. */
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { describeProblem, verify } from '../../../bench/contract.ts'
import { openDatabase } from '../../../bench/contract/probe/stage.ts'
import { jwtSecret, signToken } from '../../../bench/data/token.ts'
import { buildApp } from '../../../src/app.ts'
import { compose } from '../../../src/compose.ts'
import { identityOf } from '../../../src/identity.ts'
import { resolveProfile } from '../../../src/profile/resolve.ts'
import { quickStart } from '../../../src/quick-start.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { openTestUpstream } from '../../helpers/test-upstream.ts'

const { postgres } = await openTestPostgres(t)

/** Changes a server before it listens. */
type Break = (app: FastifyInstance) => unknown

/** What the contract says of a server of ours that was broken. */
async function problemsOf(t: Test, name: string, breakIt: Break, sql?: string): Promise<string[]> {
  const databaseUrl = await postgres.createDatabase(name)
  if (sql !== undefined) {
    await using database = await openDatabase(databaseUrl)
    await database.sql(sql)
  }
  const app = await buildApp(compose(quickStart, []), {
    databaseUrl,
    upstreamUrl: await openTestUpstream(t),
    jwtSecret,
    journal: { write: () => {} },
    identity: identityOf(await resolveProfile('baseline'), 1, 'test-run'),
    ready: () => true,
  })
  t.teardown(() => app.close())
  await breakIt(app)
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const problems = await verify(url, ['fanout', 'checkout'], { databaseUrl })
  return problems.map(describeProblem)
}

/** Changes the text of answers with this status. */
const edit =
  (status: number, change: (text: string) => string): Break =>
  (app) =>
    app.addHook('onSend', async (_request, { statusCode }, payload) =>
      statusCode === status && typeof payload === 'string' ? change(payload) : payload,
    )

const restatus =
  (from: number, to: number): Break =>
  (app) =>
    app.addHook('onSend', async (_request, reply, payload) => {
      if (reply.statusCode === from) reply.code(to)
      return payload
    })

/** Whatever stands in the header is replaced by a good token where it passes. */
const trusting =
  (isTrusted: (authorization: string) => boolean): Break =>
  (app) =>
    app.addHook('onRequest', async ({ headers }) => {
      if (headers.authorization !== undefined && isTrusted(headers.authorization))
        headers.authorization = `Bearer ${signToken({ sub: '997' })}`
    })

const trigger = (body: string): string => `
  CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;
  CREATE TRIGGER spoil BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION spoil()`

const broken: Record<string, [Break, named: RegExp, sql?: string]> = {
  'a total that is wrong': [
    edit(201, (text) => text.replace(/"totalCents":(\d+)/, '"totalCents":1$1')),
    /^POST \/checkout .*: expected the order with what it costs, found totalCents \d+ for \d+$/,
  ],
  "another user's order": [
    edit(201, (text) => text.replace(/"userId":\d+/, '"userId":1')),
    /found userId 1 for 997/,
  ],
  'a number as text': [
    edit(201, (text) => text.replace(/"orderId":(\d+)/, '"orderId":"$1"')),
    /found orderId "\d+"/,
  ],
  'a further key': [edit(201, (text) => text.replace('{', '{"extra":1,')), /found key "extra"/],
  'a time of another form': [
    edit(201, (text) => text.replace(/"createdAt":"(\S+)T/, '"createdAt":"$1 ')),
    /no RFC 3339/,
  ],
  '200 for 201': [restatus(201, 200), /expected status 201, found 200/],
  '403 for 401': [restatus(401, 403), /expected status 401, found 403/],
  '500 for 504': [restatus(504, 500), /expected status 504, found 500/],
  'no challenge': [
    (app) =>
      app.addHook('onSend', async (_request, reply, payload) => {
        reply.removeHeader('www-authenticate')
        return payload
      }),
    /expected WWW-Authenticate: Bearer, found undefined/,
  ],
  'every token is good': [
    trusting(() => true),
    /expected a problem document of 401 for an end that has passed, found status 201/,
  ],
  'algorithm none is good': [
    trusting((header) => header.endsWith('.')),
    /401 for algorithm none without a signature, found status 201/,
  ],
  'fields that are not named': [
    edit(422, (text) => text.replaceAll('items.1.sku', 'sku')),
    /names items\.1\.sku, found the fields sku/,
  ],
  'another order in the database': [
    () => undefined,
    /expected order \d+ in the database as answered, found \[\{/,
    trigger('NEW.total_cents := NEW.total_cents + 1; RETURN NEW;'),
  ],
  'a part of the fan-out is missing': [
    edit(200, (text) => text.replace(/,"offers":.*\}\}/, '}')),
    /^GET \/fanout: expected the answers of/,
  ],
}

t.jobs = 4
for (const [what, [breakIt, named, sql]] of Object.entries(broken))
  void t.test(what, { buffered: true }, async (t) => {
    const problems = await problemsOf(t, what, breakIt, sql)
    t.ok(
      problems.some((problem) => named.test(problem)),
      `named among ${problems.length}`,
    )
  })
void t.test('and has nothing to say of a right one', { buffered: true }, async (t) => {
  t.strictSame(await problemsOf(t, 'right', () => undefined), [])
})
