/** Every client of downstream services sees the same faults as the same errors, and lets go of what it held. */
import t from 'tap'
import { mostUpstreamBytes, UpstreamError, type MakeUpstream } from '../../../src/upstream.ts'
import { makeFetchUpstream } from '../../../src/upstream/fetch.ts'
import { makeUndiciPool, makeUndiciRequest } from '../../../src/upstream/undici.ts'
import { freePort } from '../../../bench/sockets.ts'
import { type Service, untilZero } from '../../helpers/open-service.ts'
import { faults, openFaultyService } from './fixtures/faulty-service.ts'

const clients: Record<string, MakeUpstream> = {
  fetch: makeFetchUpstream,
  'undici request': makeUndiciRequest,
  'undici pool': makeUndiciPool(64),
}

/** How a call failed; its value where it did not. */
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((error: unknown) => (error instanceof UpstreamError ? error.failure : error))

const socketsLeft = ({ sockets }: Service): Promise<number> => untilZero(() => sockets.size)

for (const [name, make] of Object.entries(clients)) {
  t.test(`${name}: every fault is the error that it should be`, async (t) => {
    const service = await openFaultyService(t)
    const upstream = make(service.url)
    const [late, failed] = ['timeout', 'failed'].map((wanted) =>
      Object.entries(faults).filter(([, [failure]]) => failure === wanted),
    )
    await Promise.all(
      (late ?? []).map(async ([path]) =>
        t.equal(await failureOf(upstream.get(path)), 'timeout', path),
      ),
    )
    // One after the other: long answers at once may take a busy machine longer than a client waits.
    for (const [path] of failed ?? []) t.equal(await failureOf(upstream.get(path)), 'failed', path)
    t.strictSame(await upstream.get('/good'), { good: true }, 'it serves afterwards')
    await upstream.close()
  })

  t.test(`${name}: right answers of every kind`, async (t) => {
    const { url } = await openFaultyService(t)
    // With a slash at the end too, as the environment allows.
    const upstream = make(`${url}/`)
    t.strictSame(await upstream.get('/good'), { good: true })
    t.strictSame(await upstream.get('/good-in-chunks'), { good: true })
    const long = (await upstream.get('/long')) as string
    t.equal(long.length, mostUpstreamBytes - 2, 'as long as an answer may be')
    await upstream.close()
  })

  t.test(`${name}: nobody listens, or nobody has said where`, async (t) => {
    const refused = make(`http://127.0.0.1:${await freePort()}`)
    t.equal(await failureOf(refused.get('/good')), 'failed')
    await refused.close()
    const unset = make(undefined)
    await t.rejects(unset.get('/good'), { failure: 'failed', message: 'UPSTREAM_URL is not set' })
    await unset.close()
  })

  t.test(`${name}: an error names the service and not what it was asked`, async (t) => {
    const { url } = await openFaultyService(t)
    const upstream = make(url)
    await t.rejects(upstream.get('/unknown?sku=a'), { message: '/unknown answered 404' })
    await upstream.close()
  })
}

for (const name of ['undici request', 'undici pool'])
  t.test(`${name}: connections serve again, and close with the client`, async (t) => {
    const service = await openFaultyService(t)
    const upstream = clients[name]?.(service.url)
    for (let call = 0; call < 20; call++) {
      await upstream?.get('/good')
      await upstream?.get('/status-500').catch(() => undefined)
    }
    // The next call may come a moment before the connection of the last one is free again.
    t.ok(service.sockets.size <= 2, `${service.sockets.size} for one call after the other`)
    await upstream?.close()
    t.equal(await socketsLeft(service), 0)
  })

t.test('undici pool: calls that wait for a connection are given up in time too', async (t) => {
  const service = await openFaultyService(t)
  const upstream = makeUndiciPool(2)(service.url)
  const calls = Array.from({ length: 9 }, () => failureOf(upstream.get('/hang')))
  t.strictSame(new Set(await Promise.all(calls)), new Set(['timeout']))
  t.strictSame(await upstream.get('/good'), { good: true }, 'the next call gets one')
  t.ok(service.sockets.size <= 2, 'it never has more than it may')
  await upstream.close()
  t.equal(await socketsLeft(service), 0)
})

t.test('undici pool: closing waits for what is under way', async (t) => {
  const service = await openFaultyService(t)
  const upstream = makeUndiciPool(1)(service.url)
  const calls = Array.from({ length: 5 }, () => upstream.get('/good'))
  await upstream.close()
  t.equal((await Promise.all(calls)).length, 5)
  t.equal(await socketsLeft(service), 0)
})
