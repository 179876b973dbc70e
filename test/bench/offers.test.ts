import t from 'tap'
import { assertOffered, offersOf } from '../../bench/offers.ts'

const json = { name: 'json', endpoints: ['json'] }
const db = { name: 'db', endpoints: ['db'] }
const mixed = { name: 'mixed', endpoints: ['json', 'db'] }
const all = [json, db, mixed]

const whole = { id: 'baseline', endpoints: ['json', 'db'] }
const mine = { id: './my-app:default', endpoints: ['json'] }

const left = (contenders: Parameters<typeof offersOf>[1]) => {
  const { workloads, leftOut } = offersOf(all, contenders)
  return { workloads: workloads.map(({ name }) => name), leftOut }
}

t.test('what the base does not offer is left out', async (t) => {
  t.same(left([mine, whole]), {
    workloads: ['json'],
    leftOut: ['Left out: db, mixed, which ./my-app:default, the base, does not offer.'],
  })
  t.same(left([mine]).workloads, ['json'], 'also where it is alone')
})

t.test('what the base alone offers has nothing to be compared with', async (t) => {
  t.same(left([whole, mine]), {
    workloads: ['json'],
    leftOut: ['Left out: db, mixed, which only baseline offers.'],
  })
  t.same(left([whole]), { workloads: ['json', 'db', 'mixed'], leftOut: [] }, 'unless it is alone')
})

t.test('one of several that offers less is named', async (t) => {
  t.same(left([whole, { ...whole, id: 'tuned' }, mine]), {
    workloads: ['json', 'db', 'mixed'],
    leftOut: ['./my-app:default takes no part in db, mixed.'],
  })
})

t.test(
  'a server that does not answer leaves out nothing: it is refused with its own cure',
  async (t) => {
    t.same(left([whole, { id: 'http://127.0.0.1:9', endpoints: [] }]).leftOut, [])
  },
)

t.test('no workload at all is a mistake', async (t) => {
  const { workloads, leftOut } = offersOf([db], [mine, whole])
  t.throws(() => assertOffered(workloads, leftOut), {
    failure: 'usage',
    code: 'NOTHING_OFFERED',
    message: /Left out: db, which \.\/my-app:default.*Name others with --workload; .*peers NAME/,
  })
  t.doesNotThrow(() => assertOffered([json], leftOut))
})
