/** Servers that answer wrongly about users and links: the contract names what is wrong. */
import t from 'tap'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import {
  type Break,
  edit,
  failing,
  findingsOf,
  header,
  mending,
  named,
  restatus,
  rewriting,
} from './broken-server.ts'

const users = ['users-create', 'users-read', 'users-update', 'users-delete', 'users-list']
const links = ['links-create', 'links-follow']
const { postgres } = await openTestPostgres(t)

const asText = (value: unknown): string => JSON.stringify(value) ?? ''

const faults: Record<string, [fault: Break, named: RegExp]> = {
  'an id beyond int4 that breaks it': [
    failing(({ url }) => /2147483648|9{20}/.test(url)),
    /GET \/users\/2147483648: expected status 404, found 500/,
  ],
  'a cursor beyond int4 that breaks it': [
    failing(({ url }) => url.includes('after=2147483648')),
    /GET \/users\?after=2147483648: expected status 200, found 500/,
  ],
  'a NUL in a path that breaks it': [
    failing(({ url }) => url.includes('%00')),
    /DELETE \/users\/%00: expected status 404, found 500/,
  ],
  'a NUL in a text that breaks it': [
    failing(({ body }) => asText(body).includes('\\u0000')),
    /POST \/users .*"username":"ada\\u0000lovelace".*: expected status 422, found 500/,
  ],
  'half of a character that breaks it': [
    failing(({ body }) => asText(body).includes('\\ud800')),
    /POST \/users .*: expected status 400 or 422, found 500/,
  ],
  'a body that is no JSON is 422': [
    restatus(400, 422),
    /POST \/users not JSON: expected status 400, found 422/,
  ],
  'a body that is no JSON breaks it': [
    restatus(400, 500),
    /POST \/users not JSON: expected status 400, found 500/,
  ],
  'a body too large that breaks it': [restatus(413, 500), /expected status 413, found 500/],
  'any media type is JSON': [
    mending(({ headers }) => {
      headers['content-type'] = 'application/json'
    }),
    /POST \/users \(text\/plain\).*: expected status 415, found (201|409)/,
  ],
  'any media type is good in an update': [
    mending(({ headers }) => {
      headers['content-type'] = 'application/json'
    }),
    /PUT \/users\/2147483647 \(no media type\).*: expected status 415, found 404/,
  ],
  'a problem that is plain JSON': [
    header(404, 'content-type', 'application/json; charset=utf-8'),
    /GET \/users\/abc: expected Content-Type application\/problem\+json, found application\/json/,
  ],
  'a problem whose status is another': [
    edit(409, (text) => text.replace('409', '400')),
    /POST \/users .*: expected a problem document of 409, found status 400/,
  ],
  'a field that is blamed under another name': [
    edit(422, (text) => text.replaceAll('"username"', '"name"')),
    /expected a problem document that names username, found the fields name$/,
  ],
  'blame without a message': [
    edit(422, (text) => text.replaceAll('"message"', '"msg"')),
    /expected a problem document that names .*, found no message/,
  ],
  'fields that are not blamed': [
    edit(422, (text) => text.replace('"errors"', '"details"')),
    /expected a problem document that names .*, found errors undefined/,
  ],
  'a creation that is 200': [restatus(201, 200), /POST \/users .*: expected status 201, found 200/],
  'a creation without a place': [
    header(201, 'location'),
    /POST \/users .*: expected Location \/users\/\d+, found undefined/,
  ],
  'a removal that is 200': [restatus(204, 200), /DELETE \/users\/\d+: expected status 204/],
  'a secret that is told': [
    edit(200, (text) => text.replaceAll('"age"', '"password":"x","age"')),
    /GET \/users\/42: expected user 42 as it was seeded, found key "password"/,
  ],
  'a key that is missing': [
    edit(200, (text) => text.replaceAll(/"age":\d+,/g, '')),
    /GET \/users\/42: .*, found no key "age"/,
  ],
  'an id as text': [
    edit(200, (text) => text.replaceAll(/"id":(\d+)/g, '"id":"$1"')),
    /GET \/users\/42: .*, found id "42"/,
  ],
  'a time without its zone': [
    edit(200, (text) => text.replaceAll(/(:\d\d\.\d+)Z"/g, '$1"')),
    /GET \/users\/42: .*, which is no RFC 3339/,
  ],
  'a time of another zone': [
    edit(200, (text) => text.replaceAll(/(:\d\d\.\d+)Z"/g, '$1+02:00"')),
    /GET \/users\/42: .*, found createdAt .* for /,
  ],
  'a user who was made long ago': [
    edit(201, (text) => text.replace(/"createdAt":"\d{4}/, '"createdAt":"2001')),
    /POST \/users .*: expected createdAt of now, found 2001/,
  ],
  'pages that lack their last user': [
    edit(200, (text) =>
      text.startsWith('[') ? JSON.stringify((JSON.parse(text) as unknown[]).slice(0, -1)) : text,
    ),
    /GET \/users\?limit=100: expected the first 100 users after 0, found 99 users/,
  ],
}

const linkFaults: Record<string, [fault: Break, named: RegExp]> = {
  'a link without a place': [
    header(201, 'location'),
    /POST \/links .*: expected Location \/l\/\w{7}, found undefined/,
  ],
  'a link that moves for ever': [
    restatus(302, 301),
    /GET \/l\/\w{7}: expected status 302, found 301/,
  ],
  'a link to a script': [
    rewriting((body) =>
      asText(body).includes('javascript:') ? { url: 'https://example.com/' } : body,
    ),
    /POST \/links .*javascript:alert.*: expected status 422, found 201/,
  ],
  'a link to a host with an empty label': [
    rewriting((body) => JSON.parse(asText(body).replace('example..com', 'example.com')) as unknown),
    /POST \/links .*example\.\.com.*: expected status 422, found 201/,
  ],
  'a link to a port that cannot be': [
    rewriting((body) => JSON.parse(asText(body).replace(':65536', ':65535')) as unknown),
    /POST \/links .*:65536.*: expected status 422, found 201/,
  ],
  'a code of another form': [
    edit(201, (text) => text.replace(/"code":"\w/, '"code":"A')),
    /POST \/links .*: expected \{"code","url"\}, found code "A/,
  ],
  'another URL in the answer': [
    edit(201, (text) => text.replace('"url":"', '"url":"https://example.org/?')),
    /POST \/links .*: expected \{"code","url"\}, found url /,
  ],
  'a code that nobody knows breaks it': [
    restatus(404, 500),
    /GET \/l\/zyxwvut: expected status 404, found 500/,
  ],
  'a NUL in a code breaks it': [
    failing(({ url }) => url.includes('%00')),
    /GET \/l\/%00: expected status 404, found 500/,
  ],
  'a NUL in a URL breaks it': [
    failing(({ body }) => asText(body).includes('\\u0000')),
    /POST \/links .*\\u0000.*: expected status 422, found 500/,
  ],
}

t.jobs = 4
for (const [endpoints, wrong] of [
  [users, faults],
  [links, linkFaults],
] as const)
  for (const [what, [app, pattern]] of Object.entries(wrong))
    void t.test(what, { buffered: true }, async (t) => {
      named(t, await findingsOf(t, postgres, endpoints, { app }, { clock: false }), pattern)
    })
