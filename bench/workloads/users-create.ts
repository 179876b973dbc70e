/** POST /users over and over: a body is parsed and validated, and a row with two unique columns is written. */
import { createdUser } from '../contract/probe/user-asks.ts'
import { freshUser } from '../contract/probe/users.ts'
import type { Workload } from '../workload.ts'

export const workload: Workload = {
  name: 'users-create',
  summary: 'POST /users: a body is validated and one row written.',
  endpoints: ['users-create'],
  bottleneck: 'database',
  writes: true,
  truth: [{ table: 'users', counter: 'inserted', perRequest: 1 }],
  steps: () => [
    {
      *script(unique) {
        yield createdUser(freshUser(unique))
      },
    },
  ],
}
