import t from 'tap'
import { compose } from '../../src/compose.ts'
import { quickStart } from '../../src/quick-start.ts'
import type { Fillings } from '../../src/slot.ts'

const named = (toggle: string, fillings: Fillings) => ({ toggle, fillings })
const wrapper = (order: number) => ({ order, wrap: <T>(database: T): T => database })

t.test('without toggles every slot holds what the quick start says', async (t) => {
  t.same(compose(quickStart, []), quickStart)
})

t.test(
  'merge slots take different keys from several toggles and leave the quick start as it is',
  async (t) => {
    const before = structuredClone(quickStart.connections)
    const composed = compose(quickStart, [
      named('a', { connections: { max: 2 }, server: { http: { noDelay: true } } }),
      named('b', {
        connections: { hold: 'pipelined' },
        server: { http: { keepAlive: true }, fastify: { bodyLimit: 1 } },
      }),
    ])
    t.same(composed.connections, { max: 2, hold: 'pipelined' })
    t.same(composed.server, { http: { noDelay: true, keepAlive: true }, fastify: { bodyLimit: 1 } })
    t.same(quickStart.connections, before)
    t.same(quickStart.server, { fastify: {}, http: {} })
  },
)

t.test('two toggles that set one key clash, and the key is named', async (t) => {
  t.throws(
    () =>
      compose(quickStart, [
        named('a', { server: { http: { noDelay: true } } }),
        named('b', { server: { http: { noDelay: false } } }),
      ]),
    { code: 'TOGGLE_CLASH', message: /"a" and "b".*server\.http\.noDelay/ },
  )
})

t.test('an exclusive slot has one owner', async (t) => {
  const filling: Fillings = { logging: true }
  t.equal(compose(quickStart, [named('a', filling)]).logging, true)
  t.throws(() => compose(quickStart, [named('a', filling), named('b', filling)]), {
    code: 'TOGGLE_CLASH',
    message: /"a" and "b".*logging/,
  })
})

t.test(
  'wrap slots chain in their declared order, whatever order the toggles come in',
  async (t) => {
    const composed = compose(quickStart, [
      named('outer', { wrappers: wrapper(9) }),
      named('inner', { wrappers: wrapper(1) }),
      named('middle', { wrappers: wrapper(5) }),
    ])
    t.same(
      composed.wrappers.map(({ order }) => order),
      [1, 5, 9],
    )
  },
)
