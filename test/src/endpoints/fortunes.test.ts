import t from 'tap'
import { fortunesProblem } from '../../../bench/contract/fortunes.ts'
import { fortune } from '../../../bench/data/fortune.ts'
import { build } from '../../helpers/build.ts'
import { connectionsOf } from '../../helpers/fake-driver.ts'

const rows = fortune.rows().toReversed()
const driver = {
  name: 'fortunes',
  open: async () => connectionsOf({ query: async <Row>() => rows as Row[] }),
}

for (const spec of ['baseline', 'baseline+compiled-template'])
  t.test(`${spec}: every page is the golden one, and the rows stay as they are`, async (t) => {
    const app = await build(t, spec, { driver })
    for (let page = 0; page < 3; page++) {
      const { headers, body } = await app.inject('/fortunes')
      t.equal(headers['content-type'], 'text/html; charset=utf-8')
      t.equal(fortunesProblem(body), undefined)
    }
    t.equal(rows.length, 12, 'a list that others may hold too is not added to')
  })
