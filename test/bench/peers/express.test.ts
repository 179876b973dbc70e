import t, { type Test } from 'tap'
import { request } from 'undici'
import type { Running } from '../../../bench/contender.ts'
import { peerContender } from '../../../bench/contenders/peer.ts'
import { loadPeer } from '../../../bench/peer.ts'
import { fakeSupervisor } from '../contenders/fixtures/fake-supervisor.ts'

/** Express without a database: what needs none must work. */
async function build(t: Test, level: string): Promise<Running> {
  const supervisor = fakeSupervisor()
  t.teardown(() => supervisor[Symbol.asyncDispose]())
  const contender = peerContender(await loadPeer('express'), level)
  await contender.prepare((line) => t.comment(line))
  return contender.start({ supervisor, databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing' })
}

for (const level of ['default', 'tuned'])
  t.test(`Express answers as the contract says, ${level}`, async (t) => {
    const running = await build(t, level)
    const get = async (path: string) => {
      const { statusCode, headers, body } = await request(new URL(path, running.url), {
        reset: true,
      })
      return { status: statusCode, headers, text: await body.text() }
    }
    t.match(await get('/plaintext'), {
      status: 200,
      headers: { server: 'express', date: String, 'content-type': /^text\/plain/ },
      text: /^Hello, World!$/,
    })
    t.match(await get('/json'), {
      status: 200,
      headers: { server: 'express', date: String, 'content-type': /^application\/json/ },
      text: /^{"message":"Hello, World!"}$/,
    })
    t.match(await get('/nothing'), { status: 404, headers: { server: 'express', date: String } })
    t.match(await get('/db'), { status: 500 }, 'a dead database is an error, not an end')
    t.match(await get('/queries'), { status: 500 })
    t.match(await get('/json'), { status: 200 })
    await t.resolves(running.verifyIdentity())
  })

t.test('only the quick start says what it runs on, and computes an ETag', async (t) => {
  for (const [level, isThere] of [
    ['default', true],
    ['tuned', false],
  ] as const) {
    const { url } = await build(t, level)
    const { headers, body } = await request(new URL('/json', url), { reset: true })
    await body.dump()
    t.strictSame([headers.etag, headers['x-powered-by']].map(Boolean), [isThere, isThere], level)
  }
})
