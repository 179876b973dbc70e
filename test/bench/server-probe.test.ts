import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { seededLink } from '../../bench/data/links.ts'
import { askIdentity, probeServer } from '../../bench/server-probe.ts'
import { memberNames } from '../../src/registry.ts'
import { startApp } from '../helpers/start-app.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'

type Answers = Readonly<Record<string, number>>

/** A stranger's server that answers some requests with a status, and all others with 404. */
async function stranger(t: Test, answers: Answers): Promise<{ url: URL; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const what = `${request.method} ${request.url}`
    asked.push(what)
    request.resume().on('end', () => response.writeHead(answers[what] ?? 404).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), asked }
}

const writing = (asked: readonly string[]): string[] =>
  asked.filter((what) => !what.startsWith('GET'))

t.test('of our own server every endpoint is found, and nothing is changed', async (t) => {
  const { postgres } = await openTestPostgres(t)
  const databaseUrl = await postgres.createDatabase('probe')
  const { url, app } = await startApp(t, 'baseline', databaseUrl)
  const users = (await app.inject('/users?limit=100&after=900')).body
  const { endpoints, toggles, runId } = await probeServer(url)
  const crud = memberNames(new URL('../../src/endpoints/', import.meta.url)).filter((name) =>
    /^(users|links)-/.test(name),
  )
  t.equal(crud.length, 7)
  t.strictSame(
    endpoints.filter((name) => /^(users|links)-/.test(name)),
    crud,
  )
  t.strictSame(toggles, {})
  t.equal(runId, 'test-run')
  t.match(await askIdentity(url), { name: 'baseline', runId, pid: process.pid })
  t.equal((await app.inject('/users?limit=100&after=900')).body, users)
})

t.test('a stranger who has no users is sent nothing that could write', async (t) => {
  const { url, asked } = await stranger(t, { 'GET /plaintext': 200, 'POST /users': 422 })
  t.strictSame((await probeServer(url)).endpoints, ['plaintext'])
  t.strictSame(writing(asked), [])
})

t.test('what writes is found by a refusal', async (t) => {
  const follow = `GET /l/${seededLink(1).code}`
  const answers = {
    'GET /users/1': 200,
    'POST /users': 422,
    'PUT /users/2147483647': 422,
    [follow]: 302,
    'POST /links': 422,
  }
  const { url, asked } = await stranger(t, answers)
  t.strictSame((await probeServer(url)).endpoints, [
    'links-create',
    'links-follow',
    'users-create',
    'users-delete',
    'users-read',
    'users-update',
  ])
  t.notOk(
    asked.some((what) => what.startsWith('DELETE')),
    'nothing is ever removed',
  )
})

t.test('a server that takes what it should refuse does not offer the endpoint', async (t) => {
  const answers = { 'GET /users/1': 200, 'POST /users': 201, 'PUT /users/2147483647': 404 }
  const { url } = await stranger(t, answers)
  t.strictSame((await probeServer(url)).endpoints, ['users-read'])
})

t.test('a stranger tells nothing of what it runs, and why is said', async (t) => {
  const page = await stranger(t, { 'GET /profile': 200 })
  t.strictSame(await askIdentity(page.url), { found: 'status 200, no profile in it' })
  const other = await stranger(t, {})
  t.strictSame(await askIdentity(other.url), { found: 'status 404, no profile in it' })
  t.strictSame(await askIdentity(new URL('http://127.0.0.1:1/')), { failure: 'ECONNREFUSED' })
})
