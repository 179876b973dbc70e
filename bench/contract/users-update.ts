/** What PUT /users/:id owes: the user with its new fields, 404, 409, and refusals that name the fields. */
import type { EndpointContract, Stage } from '../contract.ts'
import { badBodies, withJson, withText } from './probe/bodies.ts'
import { blame, refusal } from './probe/problem.ts'
import { type BadUser, badUsers, freshUser, goodUser } from './probe/users.ts'
import { impossibleIds, uniqueTag, type UserFields, userBodyProblem } from './probe/users.ts'
import { withUsers } from './users-create.ts'

/** No row has it, so nothing is changed even by a server that lets a bad body pass. */
const nobody = '/users/2147483647'

async function update(stage: Stage, id: number, fields: UserFields): Promise<void> {
  const request = withJson('PUT', `/users/${id}`, fields)
  const { status, body } = await stage.askFor([200], request)
  const wrong = status === 200 ? userBodyProblem(body, { id, ...fields }) : undefined
  if (wrong !== undefined) stage.problem(request, 'the user with its new fields', wrong)
}

async function expectUser(stage: Stage, id: number, fields: UserFields): Promise<void> {
  const request = { method: 'GET' as const, path: `/users/${id}` }
  const { status, body } = await stage.askFor([200], request)
  const wrong = status === 200 ? userBodyProblem(body, { id, ...fields }) : undefined
  if (wrong !== undefined) stage.problem(request, 'the user as it was last written', wrong)
  const [row] =
    (await stage.sql?.<UserFields>('SELECT username, email, age FROM users WHERE id = $1', [id])) ??
    []
  if (row !== undefined && JSON.stringify(row) !== JSON.stringify(fields))
    stage.problem(request, `the row ${JSON.stringify(fields)}`, JSON.stringify(row))
}

/** What was written is read at once, each time, and what is gone is gone. */
async function live(stage: Stage): Promise<void> {
  const tag = uniqueTag()
  const fields = freshUser(tag)
  await withUsers(stage, [fields], async ([id = 0]) => {
    const path = `/users/${id}`
    await expectUser(stage, id, fields)
    for (let age = 40; age < 50; age++) {
      const next = { ...fields, username: `u-${tag}.${age}`, age }
      await update(stage, id, next)
      await expectUser(stage, id, next)
    }
    // Its own name is not taken.
    await update(stage, id, { ...fields, username: `u-${tag}.49`, age: 50 })
    await stage.askFor([422], withJson('PUT', path, { ...fields, age: 17 }))
    await expectUser(stage, id, { ...fields, username: `u-${tag}.49`, age: 50 })
    await stage.askFor([204], { method: 'DELETE', path })
    await stage.askFor([404], { method: 'GET', path })
    await stage.askFor([404], withJson('PUT', path, fields))
    await stage.askFor([404], { method: 'DELETE', path })
    await stage.askFor([404], { method: 'GET', path })
  })
}

/** Another user's name or address is refused, and nothing changes by it. */
async function refuseTaken(stage: Stage): Promise<void> {
  const tag = uniqueTag()
  const [one, other] = [freshUser(`${tag}-a`, 30), freshUser(`${tag}-b`, 40)]
  await withUsers(stage, [one, other], async ([id = 0]) => {
    for (const taken of [
      { ...one, username: other.username },
      { ...one, email: other.email },
      { ...other, age: 50 },
    ])
      await stage.askFor([409], withJson('PUT', `/users/${id}`, taken))
    await expectUser(stage, id, one)
  })
}

const blamed = ({ body, fields }: BadUser) => blame(withText('PUT', nobody, body), fields)
const needs = ['users-create', 'users-read', 'users-delete']

export const contract: EndpointContract = {
  name: 'users-update',
  mediaType: 'application/json',
  measured: true,
  cases: [
    ...badUsers.map(blamed),
    ...badBodies('PUT', nobody, goodUser),
    ...impossibleIds.map((id) => refusal(withJson('PUT', `/users/${id}`, goodUser), 404)),
  ],
  scenarios: [
    { title: 'a user from its creation to its end', needs, run: live },
    { title: "another user's name or address", needs, run: refuseTaken },
  ],
  probe: { request: withText('PUT', nobody, '{}'), status: 422, after: 'users-read' },
}
