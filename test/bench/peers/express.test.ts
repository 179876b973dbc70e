import t, { type Test } from 'tap'
import { request } from 'undici'
import type { Running } from '../../../bench/contender.ts'
import { peerContender } from '../../../bench/contenders/peer.ts'
import { loadPeer } from '../../../bench/peer.ts'
import { fakeSupervisor } from '../contenders/fixtures/fake-supervisor.ts'

/** Express without a database: what needs none must work. */
async function build(t: Test): Promise<Running> {
  const supervisor = fakeSupervisor()
  t.teardown(() => supervisor[Symbol.asyncDispose]())
  const contender = peerContender(await loadPeer('express'), 'default')
  await contender.prepare((line) => t.comment(line))
  return contender.start({ supervisor, databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing' })
}

t.test('Express answers as the contract says', async (t) => {
  const running = await build(t)
  const get = async (path: string) => {
    const { statusCode, headers, body } = await request(new URL(path, running.url), { reset: true })
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
