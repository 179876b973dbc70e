import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { fanoutParts } from '../../../bench/data/upstream.ts'
import { drain } from '../../../src/drain.ts'
import { build } from '../../helpers/build.ts'
import {
  type Answer,
  json,
  openService,
  type Service,
  untilZero,
} from '../../helpers/open-service.ts'

const clients = [
  'baseline',
  'baseline+http-client',
  'baseline+http-client={"client":"undici-request"}',
]

const right: Record<string, Answer> = {
  '/profile': json(fanoutParts.profile),
  '/orders': json(fanoutParts.orders),
  '/offers': json(fanoutParts.offers),
}
const hang: Answer = () => undefined
const down: Answer = (response) => response.writeHead(500).end('{}')

for (const spec of clients) {
  t.test(`${spec}: what a service says besides is not passed on`, async (t) => {
    const { url: upstreamUrl } = await openService(t, {
      ...right,
      '/profile': json({ ...fanoutParts.profile, secret: 1 }),
    })
    const app = await build(t, spec, { upstreamUrl })
    t.strictSame((await app.inject('/fanout')).json(), fanoutParts)
  })

  t.test(`${spec}: one service is enough to fail, and the others are not leaked`, async (t) => {
    const failures: [number, Record<string, Answer>][] = [
      [502, { '/orders': down }],
      [502, { '/orders': down, '/offers': hang }],
      [504, { '/orders': hang }],
      [504, { '/profile': hang, '/orders': hang, '/offers': hang }],
      [502, { '/profile': down, '/orders': down, '/offers': down }],
      [502, { '/profile': json({ name: 'Ada' }) }],
      [502, { '/orders': json({ open: '3', last: '2025-06-01' }) }],
      [502, { '/offers': json(null) }],
      [502, { '/offers': json({ ids: [1.5] }) }],
    ]
    await Promise.all(
      failures.map(async ([status, wrong]) => {
        const service = await openService(t, { ...right, ...wrong })
        const app = await build(t, spec, { upstreamUrl: service.url })
        const answer = await app.inject('/fanout')
        t.equal(answer.statusCode, status, Object.keys(wrong).join())
        t.match(answer.headers['content-type'], /^application\/problem\+json/)
        t.match(answer.json(), { status, detail: /^\/(profile|orders|offers) / })
        t.equal(await untilZero(() => service.waiting()), 0, 'nothing waits there any more')
      }),
    )
  })

  t.test(`${spec}: without services it says what is not set`, async (t) => {
    const app = await build(t, spec)
    const answer = await app.inject('/fanout')
    t.match(answer.json(), { status: 502, detail: 'UPSTREAM_URL is not set' })
  })
}

const requests = 30

/** Clients that ask and go while the services still think. */
async function askAndGo(port: number, service: Service): Promise<void> {
  const before = service.asked.length
  const sockets = Array.from({ length: requests }, () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write('GET /fanout HTTP/1.1\r\nHost: a\r\n\r\n')
    return socket
  })
  while (service.asked.length < before + 3 * requests) await sleep(5)
  for (const socket of sockets) socket.destroy()
}

for (const spec of clients)
  t.test(`${spec}: clients that go leave nothing behind`, async (t) => {
    const slow =
      (value: unknown): Answer =>
      (response) =>
        setTimeout(() => response.end(JSON.stringify(value)), 100)
    const service = await openService(t, {
      '/profile': slow(fanoutParts.profile),
      '/orders': slow(fanoutParts.orders),
      '/offers': slow(fanoutParts.offers),
    })
    const app = await build(t, spec, { upstreamUrl: service.url })
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
    for (let round = 0; round < 3; round++) {
      await askAndGo(Number(port), service)
      t.equal(await untilZero(() => service.waiting()), 0, 'the services are done')
    }
    t.ok(service.sockets.size <= 3 * requests, 'connections were used again')
    t.strictSame((await app.inject('/fanout')).json(), fanoutParts, 'the next one is served')
    await app.close()
    // Node's own connections close when they have been idle for long enough.
    if (spec !== 'baseline') t.equal(await untilZero(() => service.sockets.size), 0)
  })

for (const spec of clients)
  t.test(`${spec}: what is under way when the server is stopped is answered`, async (t) => {
    const opened = Promise.withResolvers<void>()
    const gated =
      (value: unknown): Answer =>
      async (response) => {
        await opened.promise
        response.end(JSON.stringify(value))
      }
    const service = await openService(t, {
      '/profile': gated(fanoutParts.profile),
      '/orders': gated(fanoutParts.orders),
      '/offers': gated(fanoutParts.offers),
    })
    const app = await build(t, spec, { upstreamUrl: service.url })
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const answers = Array.from({ length: 10 }, async () => {
      const answer = await fetch(`${address}/fanout`)
      return await answer.json()
    })
    while (service.asked.length < 30) await sleep(5)
    const stopped = drain(app)
    opened.resolve()
    for (const answer of await Promise.all(answers)) t.strictSame(answer, fanoutParts)
    await stopped
  })
