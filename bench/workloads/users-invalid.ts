/** POST /users with bodies that must be refused: what validation and a problem document cost. */
import { withText } from '../contract/probe/bodies.ts'
import { fieldsProblem } from '../contract/probe/problem.ts'
import { badUsers } from '../contract/probe/users.ts'
import type { Workload } from '../workload.ts'

export const workload: Workload = {
  name: 'users-invalid',
  summary: `POST /users with ${badUsers.length} bodies in turn that are refused with 422 and the fields to blame.`,
  endpoints: ['users-create'],
  bottleneck: 'server',
  steps: () =>
    badUsers.map(({ body, fields }) => ({
      request: withText('POST', '/users', body),
      expect: {
        status: 422,
        check: (answer: string) => fieldsProblem(answer, fields),
        deterministic: true,
      },
    })),
}
