import t from 'tap'
import type { Endpoint } from '../../../src/endpoint.ts'
import { rememberTexts } from '../../../src/respond/remembered.ts'
import type { Serialize } from '../../../src/slot.ts'

const lasting = { lasting: true } as unknown as Endpoint
const fleeting = {} as unknown as Endpoint

/** A serializer that counts. */
function counting(): { serialize: Serialize; count: () => number } {
  let count = 0
  return {
    serialize: (value) => `${++count} ${JSON.stringify(value)}`,
    count: () => count,
  }
}

t.test('an object is serialized once, an equal one anew', async (t) => {
  const { serialize, count } = counting()
  const remembered = rememberTexts(serialize, lasting)
  const row = Object.freeze({ id: 1 })
  t.equal(remembered?.(row), '1 {"id":1}')
  t.equal(remembered?.(row), '1 {"id":1}')
  t.equal(remembered?.({ id: 1 }), '2 {"id":1}')
  t.equal(count(), 2)
})

t.test('what is no object is serialized each time', async (t) => {
  const { serialize, count } = counting()
  const remembered = rememberTexts(serialize, lasting)
  for (const value of [null, 'text', 1, null]) remembered?.(value)
  t.equal(count(), 4)
})

t.test('two routes keep texts of their own', async (t) => {
  const row = {}
  const [one, other] = [() => 'one', () => 'other'].map((each) => rememberTexts(each, lasting))
  t.strictSame([one?.(row), other?.(row), one?.(row)], ['one', 'other', 'one'])
})

t.test('without a serializer it is JSON.stringify, as Fastify does', async (t) => {
  const createdAt = new Date(0)
  t.equal(
    rememberTexts(undefined, lasting)?.({ createdAt }),
    '{"createdAt":"1970-01-01T00:00:00.000Z"}',
  )
})

t.test('an endpoint that makes its answers anew is left as it is', async (t) => {
  const { serialize } = counting()
  t.equal(rememberTexts(serialize, fleeting), serialize)
  t.equal(rememberTexts(undefined, fleeting), undefined)
})
