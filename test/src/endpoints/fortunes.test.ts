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

/** Every byte of our own page: what TechEmpower's parser overlooks counts here too. */
const golden = `<!DOCTYPE html>
<html>
<head><title>Fortunes</title></head>
<body>
<table>
<tr><th>id</th><th>message</th></tr>
<tr><td>11</td><td>&lt;script&gt;alert(&quot;This should not be displayed in a browser alert box.&quot;);&lt;/script&gt;</td></tr>
<tr><td>4</td><td>A bad random number generator: 1, 1, 1, 1, 1, 4.33e+67, 1, 1, 1</td></tr>
<tr><td>5</td><td>A computer program does what you tell it to do, not what you want it to do.</td></tr>
<tr><td>2</td><td>A computer scientist is someone who fixes things that aren&#x27;t broken.</td></tr>
<tr><td>8</td><td>A list is only as strong as its weakest link. — Donald Knuth</td></tr>
<tr><td>0</td><td>Additional fortune added at request time.</td></tr>
<tr><td>3</td><td>After enough decimal places, nobody gives a damn.</td></tr>
<tr><td>7</td><td>Any program that runs right is obsolete.</td></tr>
<tr><td>10</td><td>Computers make very fast, very accurate mistakes.</td></tr>
<tr><td>6</td><td>Emacs is a nice operating system, but I prefer UNIX. — Tom Christaensen</td></tr>
<tr><td>9</td><td>Feature: A bug with seniority.</td></tr>
<tr><td>1</td><td>fortune: No such file or directory</td></tr>
<tr><td>12</td><td>フレームワークのベンチマーク</td></tr>
</table>
</body>
</html>
`

for (const spec of ['baseline', 'baseline+compiled-template'])
  t.test(`${spec}: every page is the golden one, and the rows stay as they are`, async (t) => {
    const app = await build(t, spec, { driver })
    for (let page = 0; page < 3; page++) {
      const { headers, body } = await app.inject('/fortunes')
      t.equal(headers['content-type'], 'text/html; charset=utf-8')
      t.equal(body, golden)
      t.equal(fortunesProblem(body), undefined, 'and it keeps the contract')
    }
    t.equal(rows.length, 12, 'a list that others may hold too is not added to')
  })
