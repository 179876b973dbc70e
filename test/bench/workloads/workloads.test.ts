import t from 'tap'
import { endpointContractNames } from '../../../bench/contract/by-name.ts'
import { postAnswers } from '../../../bench/data/posts.ts'
import { worldRandomNumber } from '../../../bench/data/world.ts'
import type { Ask, Step } from '../../../bench/workload.ts'
import { loadWorkload, workloadNames } from '../../../bench/workloads/by-name.ts'

/** What a step asks first; the rest of a script follows from answers. */
function firstAsk(step: Step): Ask {
  if ('request' in step) return step
  const { value } = step.script('test-1').next()
  if (value === undefined) throw new Error('a script that asks nothing')
  return value
}

for (const name of workloadNames())
  t.test(`${name} keeps the workload contract`, async (t) => {
    const workload = await loadWorkload(name)
    t.equal(workload.name, name, 'named as its file')
    t.match(workload.summary, /\.$/, 'a sentence')
    for (const endpoint of workload.endpoints)
      t.ok(endpointContractNames().includes(endpoint), `${endpoint} has a contract`)
    const requests = (seed: number) =>
      JSON.stringify(workload.steps(seed).map((step) => firstAsk(step).request))
    t.equal(requests(3), requests(3), 'the same seed gives the same stream')
    t.ok(workload.steps(3).length > 0)
    const trusting = workload
      .steps(3)
      .map(firstAsk)
      .filter(
        ({ expect: { status, body, check, headers } }) =>
          (body ?? check ?? headers) === undefined && status !== 204,
      )
    t.strictSame(trusting, [], 'every answer is checked')
    if (workload.writes === true)
      t.ok(
        workload.truth?.some(({ counter }) => counter !== 'read'),
        'what it writes is counted by the database too',
      )
  })

t.test('a name that is not known is a usage error with the nearest', async (t) => {
  await t.rejects(loadWorkload('querys'), {
    code: 'UNKNOWN_WORKLOAD',
    failure: 'usage',
    message: /Did you mean "queries"/,
  })
})

const checkOf = async (name: string) => {
  const [step] = (await loadWorkload(name)).steps(1)
  const check = step === undefined ? undefined : firstAsk(step).expect.check
  if (check === undefined) throw new Error(`${name} has no check`)
  return check
}
const row = (id: number) => ({ id, randomNumber: worldRandomNumber(id) })

t.test('db takes any right row, in any order of keys, and nothing else', async (t) => {
  const check = await checkOf('db')
  t.equal(check(JSON.stringify(row(1))), undefined)
  t.equal(check(`{ "randomNumber": ${worldRandomNumber(10_000)}, "id": 10000 }`), undefined)
  t.equal(check(JSON.stringify({ ...row(5), randomNumber: 1 })), undefined, 'updates change it')
  t.match(check(JSON.stringify({ ...row(5), randomNumber: 0 })), /randomNumber 0 in row 5/)
  t.match(check(JSON.stringify({ ...row(5), randomNumber: 10_001 })), /randomNumber 10001/)
  t.match(check(JSON.stringify({ ...row(5), randomNumber: 1.5 })), /randomNumber 1.5/)
  t.match(check(JSON.stringify({ id: 5, randomnumber: worldRandomNumber(5) })), /randomnumber/)
  t.match(check(JSON.stringify({ ...row(5), extra: 1 })), /extra/)
  t.match(check(JSON.stringify({ id: '5', randomNumber: worldRandomNumber(5) })), /id "5"/)
  t.match(check(JSON.stringify(row(10_001))), /id 10001/)
  t.match(check(JSON.stringify([row(5)])), /no object/)
  t.match(check('null'), /no object/)
  t.match(check('<html>'), /no JSON/)
})

t.test('queries takes twenty right rows and nothing else', async (t) => {
  const check = await checkOf('queries')
  const rows = Array.from({ length: 20 }, (_, index) => row(index * 7 + 1))
  t.equal(check(JSON.stringify(rows)), undefined)
  t.match(check(JSON.stringify(rows.slice(1))), /19 rows/)
  t.match(check(JSON.stringify([...rows.slice(1), { id: 3, randomNumber: 0 }])), /row 3/)
  t.match(check(JSON.stringify(row(1))), /no array/)
})

t.test('updates takes twenty different rows and nothing else', async (t) => {
  const check = await checkOf('updates')
  const rows = Array.from({ length: 20 }, (_, index) => ({ id: index + 1, randomNumber: 7 }))
  t.equal(check(JSON.stringify(rows)), undefined)
  t.match(check(JSON.stringify([...rows.slice(1), { id: 5, randomNumber: 8 }])), /row 5 twice/)
})

t.test('json takes the greeting in any white space and nothing else', async (t) => {
  const check = await checkOf('json')
  t.equal(check('{ "message": "Hello, World!" }\n'), undefined)
  t.match(check('{"Message":"Hello, World!"}'), /Message/)
  t.match(check('{"message":"hello, world!"}'), /hello/)
  t.match(check('{}'), /no key "message"/)
})

t.test('posts takes the first hundred posts and nothing else', async (t) => {
  const check = await checkOf('posts')
  const posts = postAnswers(100)
  t.equal(check(JSON.stringify(posts)), undefined)
  t.match(check(JSON.stringify(posts.slice(1))), /99 posts/)
  t.match(check(JSON.stringify([...posts.slice(1), posts[0]])), /in post 1 id 2/)
})
