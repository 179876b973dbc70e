/** What GET /users/:id owes: the user, or 404 whatever stands in the id's place. */
import type { Case, EndpointContract } from '../contract.ts'
import { seededUser, userRows } from '../data/users.ts'
import { refusal } from './probe/problem.ts'
import { impossibleIds, userBodyProblem } from './probe/users.ts'

const seeded = (id: number): Case => ({
  request: { method: 'GET', path: `/users/${id}` },
  expected: `user ${id} as it was seeded`,
  check: (body) => userBodyProblem(body, seededUser(id)),
  seeded: true,
})

export const contract: EndpointContract = {
  name: 'users-read',
  mediaType: 'application/json',
  measured: true,
  cases: [
    ...[1, 2, 42, 500, userRows].map(seeded),
    ...impossibleIds.map((id) => refusal({ method: 'GET', path: `/users/${id}` }, 404)),
  ],
}
