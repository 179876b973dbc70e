/** What GET /users?after=ID&limit=N owes: the first N users whose id is greater, by id. */
import type { Case, EndpointContract, Stage } from '../contract.ts'
import { type User, seededUser, userRows } from '../data/users.ts'
import { isObject, parseArray } from './probe/json.ts'
import { blame } from './probe/problem.ts'
import { userProblem } from './probe/users.ts'

/** What is wrong with an answer that must be these users, if anything. */
function usersProblem(body: string, wanted: readonly Partial<User>[]): string | undefined {
  const users = parseArray(body)
  if (typeof users === 'string') return users
  if (users.length !== wanted.length) return `${users.length} users`
  for (const [index, one] of wanted.entries()) {
    const problem = userProblem(users[index], one)
    if (problem !== undefined) return `in user ${index + 1} ${problem}`
  }
  return undefined
}

/** What is wrong with an answer of `count` seeded users after this id, if anything. */
export const seededUsersProblem = (
  body: string,
  after: number,
  count: number,
): string | undefined =>
  usersProblem(
    body,
    Array.from({ length: count }, (_, index) => seededUser(after + index + 1)),
  )

const request = (query: string) => ({ method: 'GET' as const, path: `/users${query}` })

const page = (query: string, after: number, count: number): Case => ({
  request: request(query),
  expected: `the first ${count} users after ${after}`,
  check: (body) => seededUsersProblem(body, after, count),
  seeded: true,
})

const empty = (query: string): Case => ({
  request: request(query),
  expected: 'an empty list',
  check: (body) => usersProblem(body, []),
})

/** A key given twice has no agreed meaning; it must only not break the server. */
async function askTwice({ askFor }: Stage): Promise<void> {
  await askFor([200, 422], request('?limit=1&limit=2'))
  await askFor([200, 422], request('?after=1&after=2'))
}

const pageLength = 100
const mostPages = 12

/** Each page begins where the one before ended, in order and without gaps. */
async function walk({ askFor, problem, sql }: Stage): Promise<void> {
  let after = 0
  for (let pages = 0; pages < mostPages; pages++) {
    const asked = request(`?after=${after}&limit=${pageLength}`)
    const { body } = await askFor([200], asked)
    const users = parseArray(body)
    if (typeof users === 'string') return problem(asked, 'a list of users', users)
    let last = after
    for (const user of users) {
      const wrong = userProblem(user, {})
      if (wrong !== undefined) return problem(asked, 'users', wrong)
      const id = isObject(user) ? Number(user['id']) : 0
      if (id <= last) return problem(asked, `ids that grow from ${last}`, `id ${id}`)
      last = id
    }
    if (sql !== undefined) {
      const rows = await sql<{ id: number; username: string; email: string; age: number }>(
        'SELECT id, username, email, age FROM users WHERE id > $1 ORDER BY id LIMIT $2',
        [after, pageLength],
      )
      const wrong = usersProblem(body, rows)
      if (wrong !== undefined) return problem(asked, 'the rows of table users', wrong)
    }
    if (users.length < pageLength) return
    after = last
  }
}

export const contract: EndpointContract = {
  name: 'users-list',
  mediaType: 'application/json',
  measured: true,
  cases: [
    page('', 0, 20),
    page('?limit=1', 0, 1),
    page('?limit=100', 0, 100),
    page('?after=500', 500, 20),
    page('?after=42&limit=7', 42, 7),
    page(`?after=${userRows - 1}&limit=1`, userRows - 1, 1),
    ...['2147483647', '2147483648', '99999999999999999999'].map((id) => empty(`?after=${id}`)),
    ...['0', '-1', '101', '1000', '99999999999999999999', 'abc', '1.5', '1e1', ''].map((bad) =>
      blame(request(`?limit=${bad}`), ['limit']),
    ),
    ...['-1', 'abc', '1.5', '1e1', '%00', ''].map((bad) =>
      blame(request(`?after=${bad}`), ['after']),
    ),
    blame(request('?after=x&limit=y'), ['after', 'limit']),
  ],
  scenarios: [
    { title: 'pages follow one another', run: walk },
    { title: 'a key given twice', run: askTwice },
  ],
}
