/** The seeded rows: the same on every machine, and fit for the endpoints' contract. */
import { createHash } from 'node:crypto'
import t from 'tap'
import { dataVersion, type Table } from '../../../bench/data.ts'
import { fortune } from '../../../bench/data/fortune.ts'
import { links } from '../../../bench/data/links.ts'
import { orders } from '../../../bench/data/orders.ts'
import { picker } from '../../../bench/data/picker.ts'
import { postAnswer, postAnswers, posts } from '../../../bench/data/posts.ts'
import { users } from '../../../bench/data/users.ts'
import { world, worldRandomNumber } from '../../../bench/data/world.ts'

const digest = (table: Table<never>): string =>
  createHash('sha256').update(JSON.stringify(table.rows())).digest('hex').slice(0, 12)

t.test('rows never change within a version of the data', (t) => {
  t.equal(dataVersion, 1, 'a new version needs new digests here')
  const digests = Object.fromEntries(
    [world, fortune, posts, users, links, orders].map((table) => [
      table.name,
      digest(table as Table<never>),
    ]),
  )
  t.strictSame(digests, {
    world: '5b8a23a3a716',
    fortune: '0a3cadd3de2c',
    posts: 'da76b5615e15',
    users: '1118918dc61a',
    links: '031511299d4b',
    orders: '4f53cda18c2b',
  })
  t.end()
})

t.test('the numbers of world are a permutation of 1 to 10,000', (t) => {
  const rows = world.rows()
  const numbers = rows.map(({ randomNumber }) => randomNumber)
  t.equal(new Set(numbers).size, 10_000)
  t.equal(Math.min(...numbers), 1)
  t.equal(Math.max(...numbers), 10_000)
  t.strictSame(rows[41], { id: 42, randomNumber: worldRandomNumber(42) })
  t.end()
})

t.test('fortunes are the twelve, with dashes, script and Japanese', (t) => {
  const rows = fortune.rows()
  t.equal(rows.length, 12)
  t.match(rows[5]?.message, /UNIX\. \u2014 Tom/)
  t.match(rows[10]?.message, /^<script>alert\("/)
  t.equal(rows[11]?.message, 'フレームワークのベンチマーク')
  t.end()
})

t.test('a hundred posts are about 30 kB of JSON with text that needs escapes', (t) => {
  const text = JSON.stringify(postAnswers(100))
  t.ok(Math.abs(Buffer.byteLength(text) - 30_000) < 1500, `${Buffer.byteLength(text)} bytes`)
  for (const part of ['\\"', '<b>', '&', 'ï', '日本', '🚀', '\\n', '\\t', '\\\\']) {
    t.ok(text.includes(part), `has ${part}`)
  }
  t.strictSame(Object.keys(postAnswer(1)), ['id', 'title', 'body', 'author', 'views', 'createdAt'])
  t.match(postAnswer(1).createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  t.equal(posts.rows().length, 1000)
  t.strictSame(posts.rows()[999], postAnswer(1000))
  for (const id of [0, 1001, 1.5]) t.throws(() => postAnswer(id), RangeError)
  t.end()
})

t.test('users keep the rules of POST /users and are unique', (t) => {
  const rows = users.rows()
  t.equal(rows.length, 1000)
  t.ok(rows.every(({ username }) => username.length >= 3 && username.length <= 50))
  t.ok(rows.every(({ age }) => age >= 18))
  t.equal(new Set(rows.map(({ username }) => username)).size, 1000)
  t.equal(new Set(rows.map(({ email }) => email)).size, 1000)
  t.end()
})

t.test('codes of links are unique and safe in a path', (t) => {
  const rows = links.rows()
  t.equal(new Set(rows.map(({ code }) => code)).size, 1000)
  t.ok(rows.every(({ code, url }) => /^[0-9a-z]{7}$/.test(code) && URL.canParse(url)))
  t.end()
})

t.test('orders are empty', (t) => {
  t.strictSame(orders.rows(), [])
  t.end()
})

t.test('a picker stays within its bounds and depends on its seed alone', (t) => {
  const draw = (seed: number) => {
    const pick = picker(seed)
    return Array.from({ length: 200 }, () => pick.below(10))
  }
  t.strictSame(draw(1), draw(1))
  t.notSame(draw(1), draw(2))
  t.strictSame(
    [...new Set(draw(1))].toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  )
  t.end()
})
