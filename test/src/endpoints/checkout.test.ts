import t, { type Test } from 'tap'
import { basketCents } from '../../../bench/data/basket.ts'
import { jwtSecret, signToken } from '../../../bench/data/token.ts'
import type { Driver, Session } from '../../../src/database.ts'
import { build } from '../../helpers/build.ts'
import { connectionsOf } from '../../helpers/fake-driver.ts'
import { type Answer, json, openService } from '../../helpers/open-service.ts'
import { openTestUpstream } from '../../helpers/test-upstream.ts'

const createdAt = new Date('2025-06-01T10:20:30.456Z')
const token = signToken({ sub: '42' })
const items = [
  { sku: 'a', quantity: 2 },
  { sku: 'b', quantity: 1 },
]

/** A database with user 42 that keeps orders from 7 on. */
function orders(log: [name: string, values: readonly unknown[]][], fails = false): Driver {
  let id = 7
  const session: Session = {
    query: async <Row>({ name }: { name: string }, values: readonly unknown[]) => {
      log.push([name, values])
      if (name === 'lock-user') return (values[0] === 42 ? [{ id: 42 }] : []) as Row[]
      if (name === 'insert-order' && fails) throw new Error('disk full')
      return [{ id: id++, createdAt }] as Row[]
    },
  }
  return { name: 'orders', open: async () => connectionsOf(session) }
}

interface Asked {
  readonly spec?: string
  readonly upstreamUrl?: string
  readonly body?: unknown
  readonly authorization?: string
  readonly fails?: boolean
}

/** One checkout: its answer, the lines of the journal and what was asked of the database. */
async function checkout(
  t: Test,
  {
    spec = 'baseline',
    upstreamUrl,
    body = { items },
    authorization = `Bearer ${token}`,
    fails = false,
  }: Asked = {},
) {
  const lines: string[] = []
  const log: [string, readonly unknown[]][] = []
  const app = await build(t, spec, {
    driver: orders(log, fails),
    upstreamUrl: upstreamUrl ?? (await openTestUpstream(t)),
    jwtSecret,
    journal: { write: (line: string) => void lines.push(line) },
  })
  const answer = await app.inject({
    method: 'POST',
    url: '/checkout',
    headers: { authorization },
    payload: body as object,
  })
  return { answer, lines, log }
}

for (const spec of ['baseline', 'tuned', 'baseline+request-logging={"level":"warn"}'])
  t.test(`${spec}: one order, one line in the journal`, async (t) => {
    const { answer, lines, log } = await checkout(t, { spec })
    const order = { orderId: 7, userId: 42, totalCents: basketCents(items) }
    t.equal(answer.statusCode, 201)
    t.strictSame(answer.json(), { ...order, createdAt: createdAt.toISOString() })
    t.strictSame(log, [
      ['lock-user', [42]],
      ['insert-order', [42, order.totalCents]],
    ])
    t.equal(lines.length, 1)
    const [line = ''] = lines
    t.match(line, /^\{.*\}\n$/)
    const { durationMs, time, ...rest } = JSON.parse(line) as Record<string, unknown>
    t.strictSame(rest, { level: 30, event: 'checkout', ...order, items: 2 })
    t.type(durationMs, 'number')
    t.type(time, 'number')
    t.notMatch(line, token.split('.')[2], 'nothing of the token')
  })

t.test('the services are asked once each, for all items', async (t) => {
  const service = await openService(t, {
    '/prices': json({ prices: { a: 100, b: 7, other: 3 }, currency: 'EUR' }),
    '/stock': json({ available: true }),
    '/shipping': json({ cents: 5 }),
  })
  const { answer } = await checkout(t, { upstreamUrl: service.url })
  t.equal(answer.json<{ totalCents: number }>().totalCents, 212)
  t.strictSame(service.asked.toSorted(), [
    '/prices?skus=a,b',
    '/shipping?items=3',
    '/stock?skus=a,b',
  ])
})

t.test('what fails writes no order and no line', async (t) => {
  const services: Record<string, Answer> = {
    '/prices': json({ prices: { a: 100, b: 7 } }),
    '/stock': json({ available: true }),
    '/shipping': json({ cents: 5 }),
  }
  const hang: Answer = () => undefined
  const wrong: [number, Record<string, Answer>][] = [
    [502, { '/prices': json({ prices: { a: 100 } }) }],
    [502, { '/prices': json({ prices: { a: 100, b: '7' } }) }],
    [502, { '/prices': json({ prices: { a: 100, b: -7 } }) }],
    [502, { '/prices': json({ prices: { a: 100, b: 7.5 } }) }],
    [502, { '/prices': json({ prices: { a: 100, b: 2_000_000_000 } }) }],
    [502, { '/prices': json({ prices: [100, 7] }) }],
    [502, { '/prices': json({}) }],
    [502, { '/prices': json(null) }],
    [502, { '/stock': json({ available: 'yes' }) }],
    [502, { '/shipping': json({ cents: 2_000_000_000 }) }],
    [502, { '/shipping': json({ cents: -1 }) }],
    [502, { '/shipping': (response) => response.writeHead(500).end() }],
    [504, { '/shipping': hang }],
    [504, { '/stock': hang }],
    [409, { '/stock': json({ available: false }) }],
  ]
  await Promise.all(
    wrong.map(async ([status, answers]) => {
      const { url: upstreamUrl } = await openService(t, { ...services, ...answers })
      const { answer, lines, log } = await checkout(t, { upstreamUrl })
      t.equal(answer.statusCode, status, Object.keys(answers).join())
      t.match(answer.headers['content-type'], /^application\/problem\+json/)
      t.strictSame([lines, log], [[], []])
    }),
  )
})

t.test('a user who has gone since is refused', async (t) => {
  const { answer, lines, log } = await checkout(t, {
    authorization: `Bearer ${signToken({ sub: '43' })}`,
  })
  t.equal(answer.statusCode, 403)
  t.strictSame(lines, [])
  t.strictSame(log, [['lock-user', [43]]])
})

t.test('an order that the database does not take is 500 without a line', async (t) => {
  const { answer, lines } = await checkout(t, { fails: true })
  t.equal(answer.statusCode, 500)
  t.notMatch(answer.body, /disk/)
  t.strictSame(lines, [])
})

t.test('nobody is asked for a body that is not right, nor for a stranger', async (t) => {
  const service = await openService(t, {})
  const upstreamUrl = service.url
  const bad = await checkout(t, { upstreamUrl, body: { items: [] } })
  t.equal(bad.answer.statusCode, 422)
  const stranger = await checkout(t, { upstreamUrl, authorization: 'Bearer a.b.c', body: {} })
  t.equal(stranger.answer.statusCode, 401, 'the token comes before the body')
  t.strictSame([...service.asked, ...bad.log, ...stranger.log], [])
})
