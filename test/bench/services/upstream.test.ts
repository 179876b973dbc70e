import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { request } from 'undici'
import {
  fanoutParts,
  faultSkus,
  isAvailable,
  priceCents,
  shippingCents,
} from '../../../bench/data/upstream.ts'
import { openUpstream, parseLatency } from '../../../bench/services/upstream.ts'
import { openSupervisor } from '../../../bench/supervisor/open-supervisor.ts'
import { openTestUpstream } from '../../helpers/test-upstream.ts'

const ask = async (url: string): Promise<{ status: number; type: unknown; body: string }> => {
  const { statusCode, headers, body } = await request(url)
  return { status: statusCode, type: headers['content-type'], body: await body.text() }
}

t.test('the parts of /fanout', async (t) => {
  const url = await openTestUpstream(t)
  t.match(await ask(`${url}/profile`), {
    status: 200,
    type: 'application/json',
    body: '{"name":"Ada","tier":"gold"}',
  })
  t.equal((await ask(`${url}/orders`)).body, '{"open":3,"last":"2025-06-01"}')
  t.equal((await ask(`${url}/offers`)).body, '{"ids":[11,12,13]}')
  t.same(Object.keys(fanoutParts), ['profile', 'orders', 'offers'])
  t.match(await ask(`${url}/nothing`), { status: 404 })
})

t.test('prices, stock and shipping follow from what is asked', async (t) => {
  const url = await openTestUpstream(t)
  t.same(JSON.parse((await ask(`${url}/prices?skus=a,pen-7`)).body), {
    prices: { a: 1299, 'pen-7': priceCents('pen-7') },
  })
  t.equal(
    (await ask(`${url}/prices?skus=a%2Cb`)).body,
    (await ask(`${url}/prices?skus=a,b`)).body,
    'a client may escape the comma',
  )
  t.equal(
    (await ask(`${url}/prices?skus=__proto__`)).body,
    `{"prices":{"__proto__":${priceCents('__proto__')}}}`,
  )
  t.equal((await ask(`${url}/stock?skus=a,b`)).body, '{"available":true}')
  t.equal((await ask(`${url}/stock?skus=a,sold-out`)).body, '{"available":false}')
  t.notOk(isAvailable(['sold-out']))
  t.equal((await ask(`${url}/shipping?items=3`)).body, '{"cents":490}')
  t.equal(shippingCents(1), 430)
  for (const items of ['', '0', '-1', '1.5', 'x', '1e9'])
    t.match(await ask(`${url}/shipping?items=${items}`), { status: 404 }, items)
  const prices = Array.from({ length: 500 }, (_, index) => priceCents(`sku-${index}`))
  t.ok(prices.every((cents) => Number.isInteger(cents) && cents >= 99 && cents <= 8499))
  t.ok(new Set(prices).size > 50, 'prices differ')
})

t.test('skus that make prices fail', async (t) => {
  const url = await openTestUpstream(t)
  const prices = (sku: string): string => `${url}/prices?skus=a,${sku}`
  t.match(await ask(prices(faultSkus.error)), { status: 500 })
  const { status, body } = await ask(prices(faultSkus.garbage))
  t.equal(status, 200)
  t.throws(() => JSON.parse(body), SyntaxError)
  await t.rejects(ask(prices(faultSkus.reset)))
  const giveUp = new AbortController()
  const hanging = request(prices(faultSkus.hang), { signal: giveUp.signal })
  hanging.catch(() => undefined)
  t.equal(await Promise.race([hanging.then(() => 'answered'), sleep(50, 'silent')]), 'silent')
  giveUp.abort()
  await t.rejects(hanging)
  t.match(await ask(prices('b')), { status: 200 }, 'others are answered all the while')
})

t.test('every answer waits for the latency', async (t) => {
  const waits: number[] = []
  const url = await openTestUpstream(t, 25, (callback, ms) => {
    waits.push(ms)
    callback()
  })
  await ask(`${url}/profile`)
  await ask(`${url}/prices?skus=a`)
  t.same(waits, [25, 25])
})

t.test('a look at who asks at once', async (t) => {
  const url = await openTestUpstream(t)
  const control = async (method: 'POST' | 'DELETE', path: string): Promise<unknown> => {
    const { body } = await request(`${url}${path}`, { method })
    return body.json()
  }
  t.same(await control('DELETE', '/gathering'), { most: 0 }, 'nothing has begun')

  await control('POST', '/gathering')
  const [first, again] = [ask(`${url}/profile`), ask(`${url}/profile`)]
  t.match(await ask(`${url}/stock?skus=a`), { status: 200 }, 'other services answer')
  t.equal(await Promise.race([first.then(() => 'answered'), sleep(50, 'held')]), 'held')
  const second = ask(`${url}/orders`)
  t.equal(await Promise.race([second.then(() => 'answered'), sleep(50, 'held')]), 'held')
  t.match(await ask(`${url}/offers`), { status: 200 }, 'the third one frees them all')
  for (const answer of [first, again, second]) t.match(await answer, { status: 200 })
  t.match(await ask(`${url}/profile`), { status: 200 }, 'and nothing is held any more')
  t.same(await control('DELETE', '/gathering'), { most: 3 })

  await control('POST', '/gathering')
  t.match(await ask(`${url}/profile`), { status: 200 }, 'a look that nobody ends ends by itself')
  t.same(await control('DELETE', '/gathering'), { most: 1 })
  t.match(await control('POST', '/profile'), { error: 'unknown' })
})

t.test('latency as people write it', async (t) => {
  t.equal(parseLatency('10ms'), 10)
  t.equal(parseLatency('0'), 0)
  t.equal(parseLatency('0.5s'), 500)
  t.throws(() => parseLatency('10'), { code: 'BAD_LATENCY', failure: 'usage', message: /10ms/ })
  t.throws(() => parseLatency('2s'), { code: 'BAD_LATENCY', message: /at most 500ms/ })
  t.throws(() => parseLatency('fast'), { code: 'BAD_DURATION' })
})

t.test('beside a contender it is a process of the supervisor and is metered', async (t) => {
  await using supervisor = await openSupervisor({ command: 'test' })
  const upstream = await openUpstream({ supervisor, latencyMs: 1 })
  t.match(upstream.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  const before = upstream.cpu?.readNs() ?? 0
  for (let asked = 0; asked < 50; asked++) await ask(`${upstream.url}/shipping?items=3`)
  t.ok((upstream.cpu?.readNs() ?? 0) > before)
  const [one, other] = await Promise.all([upstream.openDoor(), upstream.openDoor()])
  t.equal(new Set([upstream.url, one.url, other.url]).size, 3)
  await request(`${one.url}/gathering`, { method: 'POST' })
  const answer = await ask(`${other.url}/profile`)
  t.equal(answer.status, 200, 'a look at one door holds up nobody else')
  await one[Symbol.asyncDispose]()
  await t.rejects(ask(`${one.url}/profile`), 'a door that was left is closed')
  t.equal((await ask(`${other.url}/profile`)).status, 200)
  await upstream[Symbol.asyncDispose]()
  await t.rejects(upstream.openDoor(), { code: 'UPSTREAM_GONE', failure: 'environment' })
  // Leaving one of a stub that has gone is no failure.
  await other[Symbol.asyncDispose]()
  await t.rejects(ask(`${upstream.url}/profile`), 'it is gone')
})

t.test('one that does not start is told as such', async (t) => {
  await using supervisor = await openSupervisor({ command: 'test' })
  const broken = {
    ...supervisor,
    spawn: (spec: Parameters<typeof supervisor.spawn>[0]) =>
      supervisor.spawn({ ...spec, args: ['-e', 'console.error("no luck"); process.exit(3)'] }),
  }
  await t.rejects(openUpstream({ supervisor: broken, latencyMs: 0 }), {
    code: 'UPSTREAM_START',
    failure: 'environment',
    message: /no luck/,
  })
})
