/** The contract of fanout and checkout finds servers that break it. */
import t from 'tap'
import { signToken } from '../../../bench/data/token.ts'
import { fanoutParts } from '../../../bench/data/upstream.ts'
import type { Database } from '../../../src/database.ts'
import type { Upstream } from '../../../src/upstream.ts'
import { ajvOptions } from '../../../src/validation.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import {
  type Break,
  edit,
  failing,
  type Fault,
  findingsOf,
  header,
  mending,
  named,
  restatus,
  rewriting,
} from './broken-server.ts'

const { postgres } = await openTestPostgres(t)
const endpoints = ['fanout', 'checkout']

/** Whatever stands in the header is replaced by a good token where it passes. */
const trusting = (isTrusted: (authorization: string) => boolean): Break =>
  mending(({ headers }) => {
    if (headers.authorization !== undefined && isTrusted(headers.authorization))
      headers.authorization = `Bearer ${signToken({ sub: '997' })}`
  })

const asText = (value: unknown): string => JSON.stringify(value) ?? ''

/** Writes an order before it is known whether it can be had, and does not take it back. */
function rash(): Fault {
  let kept: Database | undefined
  return {
    wrap: (database) => {
      kept = database
      return {}
    },
    app: (app) =>
      app.addHook('preHandler', async ({ body }) => {
        if (asText(body).includes('"sold-out"')) await kept?.createOrder(997, 1)
      }),
  }
}

const trigger = (body: string): string => `
  CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;
  CREATE TRIGGER spoil BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION spoil()`

const kept = new Map(Object.entries(fanoutParts).map(([name, value]) => [`/${name}`, value]))

/** Makes one call after the other, `most` of them at the same time. */
const queued =
  (most: number) =>
  (upstream: Upstream): Upstream => {
    const lanes = Array.from({ length: most }, () => Promise.resolve<unknown>(undefined))
    let calls = 0
    return {
      ...upstream,
      get: (path) => {
        const lane = calls++ % most
        const answer = (lanes[lane] ?? Promise.resolve()).then(() => upstream.get(path))
        lanes[lane] = answer.catch(() => undefined)
        return answer
      },
    }
  }

const faults: Record<string, [fault: Fault | Break, named: RegExp]> = {
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
    header(401, 'www-authenticate'),
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
    { sql: trigger('NEW.total_cents := NEW.total_cents + 1; RETURN NEW;') },
    /expected order \d+ in the database as answered, found \[\{/,
  ],
  'a part of the fan-out is missing': [
    edit(200, (text) => text.replace(/,"offers":.*\}\}/, '}')),
    /^GET \/fanout: expected the answers of/,
  ],
  'services that are asked one after the other': [
    { upstream: queued(1) },
    /^GET \/fanout: expected 3 services asked at once, found at most 1 at the same time$/,
  ],
  'two services at once and then the third': [
    { upstream: queued(2) },
    /^GET \/fanout: expected 3 services asked at once, found at most 2 at the same time$/,
  ],
  'services that nobody asks': [
    { upstream: (usual) => ({ ...usual, get: async (path) => kept.get(path) ?? usual.get(path) }) },
    /^GET \/fanout: expected 3 services asked at once, found at most 0 at the same time$/,
  ],
  'a service more in the fan-out': [
    edit(200, (text) => text.replace('{', '{"extra":{},')),
    /^GET \/fanout: expected the answers of/,
  ],
  '500 for 502': [restatus(502, 500), /expected status 502, found 500/],
  '404 for a user who has gone': [restatus(403, 404), /expected status 403, found 404/],
  'what is sold out is sold': [
    rewriting((body) => JSON.parse(asText(body).replaceAll('"sold-out"', '"a"')) as unknown),
    /expected status 409, found 201/,
  ],
  'an order that was refused and is kept': [
    rash(),
    /expected \d+ orders as before the refused ones, found \d+/,
  ],
  'the body comes before the token': [
    (app) =>
      app.addHook('onSend', async ({ headers }, reply, payload) => {
        if (headers.authorization === undefined) reply.code(422)
        return payload
      }),
    /expected status 401, found 422/,
  ],
  'text that is taken for a number': [
    { fastify: { ajv: { customOptions: { ...ajvOptions, coerceTypes: true } } } },
    /"quantity":"1".*: expected status 422, found 201/,
  ],
  'a field that is dropped without a word': [
    { fastify: { ajv: { customOptions: { ...ajvOptions, removeAdditional: true } } } },
    /"price":1.*: expected status 422, found 201/,
  ],
  'a NUL in a text breaks it': [
    failing(({ body }) => asText(body).includes('\\u0000')),
    /"a\\u0000".*: expected status 422, found 500/,
  ],
  'a forged token breaks it': [
    failing(({ headers }) => headers.authorization?.endsWith('.') === true),
    /401 for algorithm none without a signature, found status 500/,
  ],
  'any media type is JSON': [
    mending(({ headers }) => {
      headers['content-type'] = 'application/json'
    }),
    /\(text\/plain\).*: expected status 415, found 201/,
  ],
  'no limit of the body': [
    { fastify: { bodyLimit: 10_000_000 } },
    /expected status 413, found 422/,
  ],
}

t.jobs = 4
for (const [what, [fault, pattern]] of Object.entries(faults))
  void t.test(what, { buffered: true }, async (t) => {
    const wrong = typeof fault === 'function' ? { app: fault } : fault
    named(t, await findingsOf(t, postgres, endpoints, wrong), pattern)
  })
void t.test('and has nothing to say of a right one', { buffered: true }, async (t) => {
  t.strictSame((await findingsOf(t, postgres, endpoints, {})).problems, [])
})
