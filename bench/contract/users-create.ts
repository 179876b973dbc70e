/** What POST /users owes: 201 with the user and its place, 409 for what is taken, and refusals that name the fields. */
import type { EndpointContract, Stage } from '../contract.ts'
import { userRows } from '../data/users.ts'
import { badBodies, withJson, withText } from './probe/bodies.ts'
import { blame, documentProblem, refusal } from './probe/problem.ts'
import { type BadUser, badUsers, freshUser, goodUser } from './probe/users.ts'
import { uniqueTag, type UserFields, userBodyProblem } from './probe/users.ts'

const path = '/users'

/** Makes a user and checks the answer; its id, or undefined where none was made. */
export async function create(stage: Stage, fields: UserFields): Promise<number | undefined> {
  const request = withJson('POST', path, fields)
  const { status, body, headers } = await stage.askFor([201], request)
  if (status !== 201) return undefined
  const wrong = userBodyProblem(body, fields)
  if (wrong !== undefined) {
    stage.problem(request, 'the user with its id', wrong)
    return undefined
  }
  const { id, createdAt } = JSON.parse(body) as { id: number; createdAt: string }
  const location = headers['location']
  if (location !== `/users/${id}`) stage.problem(request, `Location /users/${id}`, String(location))
  if (id <= userRows) stage.problem(request, 'an id of its own', String(id))
  if (Math.abs(Date.parse(createdAt) - Date.now()) > clockSlackMs)
    stage.problem(request, 'createdAt of now', createdAt)
  return id
}

/** Server, database and bench may have clocks of their own. */
const clockSlackMs = 3_600_000

/** Makes users, lets `use` have them, and removes them again. */
export async function withUsers(
  stage: Stage,
  fields: readonly UserFields[],
  use: (ids: readonly number[]) => Promise<void>,
): Promise<void> {
  const ids: number[] = []
  try {
    for (const one of fields) {
      const id = await create(stage, one)
      if (id === undefined) return
      ids.push(id)
    }
    await use(ids)
  } finally {
    for (const id of ids)
      await stage.askFor([204, 404], { method: 'DELETE', path: `${path}/${id}` })
  }
}

/** What is taken is refused, and nothing changes by it. */
async function refuseTaken(stage: Stage): Promise<void> {
  const tag = uniqueTag()
  const taken = freshUser(tag)
  await withUsers(stage, [taken], async () => {
    const other = freshUser(`${tag}-x`)
    for (const one of [
      taken,
      { ...other, username: taken.username },
      { ...other, email: taken.email },
    ]) {
      const request = withJson('POST', path, one)
      const { body } = await stage.askFor([409], request)
      const wrong = documentProblem(body, [409])
      if (wrong !== undefined) stage.problem(request, 'a problem document of 409', wrong)
    }
    const rows = await stage.sql?.('SELECT id FROM users WHERE username IN ($1, $2)', [
      taken.username,
      other.username,
    ])
    if (rows !== undefined && rows.length !== 1)
      stage.problem(withJson('POST', path, other), 'no row for what was refused', 'one')
  })
}

/** Of the same user sent many times at once one is made. */
async function createAtOnce(stage: Stage): Promise<void> {
  const fields = freshUser(uniqueTag())
  const request = withJson('POST', path, fields)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => stage.askFor([201, 409], request)),
  )
  const made = answers.filter(({ status }) => status === 201)
  if (made.length !== 1)
    stage.problem(request, 'one 201 among eight at once', `${made.length} of them`)
  for (const { body } of made)
    if (userBodyProblem(body, fields) === undefined) {
      const { id } = JSON.parse(body) as { id: number }
      await stage.askFor([204], { method: 'DELETE', path: `${path}/${id}` })
    }
}

const blamed = ({ body, fields }: BadUser) => blame(withText('POST', path, body), fields)

export const contract: EndpointContract = {
  name: 'users-create',
  mediaType: 'application/json',
  measured: true,
  cases: [
    ...badUsers.map(blamed),
    // Half of a character: some parsers take no such text at all.
    refusal(withJson('POST', path, { ...goodUser, username: 'ada\ud800' }), 400, 422),
    refusal(withJson('POST', path, { ...goodUser, email: 'ada\ud800@example.com' }), 400, 422),
    ...badBodies('POST', path, goodUser),
  ],
  scenarios: [
    { title: 'a name or address that is taken', needs: ['users-delete'], run: refuseTaken },
    { title: 'the same user at once', needs: ['users-delete'], run: createAtOnce },
  ],
  probe: { request: withText('POST', path, '{}'), status: 422, after: 'users-read' },
}
