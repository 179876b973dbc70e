/** What DELETE /users/:id owes: 204 without a body, or 404, whatever the request says of a body that it has not. That rows are gone is looked at in users-update. */
import type { EndpointContract, Stage } from '../contract.ts'
import type { Request } from '../workload.ts'
import { withText } from './probe/bodies.ts'
import { refusal } from './probe/problem.ts'
import { freshUser, impossibleIds, uniqueTag } from './probe/users.ts'
import { withUsers } from './users-create.ts'

/** A removal as many clients send it: they say of every request that it is JSON. */
const asJson = (path: string): Request => ({
  method: 'DELETE',
  path,
  headers: { 'content-type': 'application/json' },
})

/** One user goes and its neighbours stay. */
async function removeOne(stage: Stage): Promise<void> {
  const tag = uniqueTag()
  const fields = ['a', 'b', 'c'].map((letter) => freshUser(`${tag}-${letter}`))
  await withUsers(stage, fields, async (ids) => {
    const [first, second, third] = ids.map((id) => `/users/${id}`)
    const removal = { method: 'DELETE' as const, path: String(second) }
    const { body } = await stage.askFor([204], removal)
    if (body !== '') stage.problem(removal, 'no body', JSON.stringify(body.slice(0, 80)))
    for (const [status, path] of [
      [200, first],
      [404, second],
      [200, third],
    ] as const)
      await stage.askFor([status], { method: 'GET', path: String(path) })
    const rows = await stage.sql?.('SELECT id FROM users WHERE id = ANY($1)', [ids])
    if (rows !== undefined && rows.length !== 2)
      stage.problem(removal, 'two of three rows left', String(rows.length))
    await stage.askFor([204], asJson(String(third)))
  })
}

export const contract: EndpointContract = {
  name: 'users-delete',
  mediaType: 'application/json',
  measured: true,
  cases: [
    ...impossibleIds.map((id) => refusal({ method: 'DELETE', path: `/users/${id}` }, 404)),
    { ...refusal(asJson('/users/2147483647'), 404), reading: true },
  ],
  scenarios: [
    {
      title: 'one user goes and its neighbours stay',
      needs: ['users-create', 'users-read'],
      run: removeOne,
    },
  ],
  // A deletion that deletes nothing looks the same without the route: who offers PUT offers DELETE.
  probe: {
    request: withText('PUT', '/users/2147483647', '{}'),
    status: 422,
    after: 'users-read',
  },
}
