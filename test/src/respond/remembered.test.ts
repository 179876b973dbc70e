import t from 'tap'
import type { Endpoint } from '../../../src/endpoint.ts'
import { rememberTexts } from '../../../src/respond/remembered.ts'
import type { Serialize } from '../../../src/slot.ts'
import { build } from '../../helpers/build.ts'
import { connectionsOf } from '../../helpers/fake-driver.ts'

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

t.test('a row that is kept is serialized once, whoever serializes and writes', async (t) => {
  for (const writers of ['', '+response-schema', '+hijacked-reply', '+native-serializer']) {
    let serialized = 0
    // Each serializer looks at the age as often as it serializes, or twice as often.
    const makeRow = () => ({
      id: 1,
      username: 'ada',
      email: 'ada@example.com',
      get age() {
        serialized++
        return 36
      },
      createdAt: new Date(0),
    })
    const driver = {
      name: 'one row',
      open: async () => connectionsOf({ query: async <Row>() => [makeRow()] as Row[] }),
    }
    const texts = async (spec: string): Promise<Set<string>> => {
      serialized = 0
      const app = await build(t, spec, { driver })
      const found = new Set<string>()
      for (let times = 0; times < 3; times++) found.add((await app.inject('/users/1')).body)
      return found
    }
    const kept = await texts(`baseline+row-cache+payload-cache${writers}`)
    const once = serialized
    t.strictSame(kept, await texts(`baseline+row-cache${writers}`), 'as without the toggle')
    t.ok(once > 0 && serialized === 3 * once, `${once} for ${serialized}${writers}`)
    t.equal(kept.size, 1)
  }
})
