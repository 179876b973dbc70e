/** Toggle: several processes share the port through node:cluster. */
import { availableParallelism } from 'node:os'
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'workers',
  summary: 'Serve from several processes that share the port (node:cluster).',
  family: 'process',
  options: Type.Object(
    {
      count: Type.Union(
        [
          Type.Literal('cores'),
          Type.Literal('twice-cores-plus-one'),
          Type.Integer({ minimum: 2, maximum: 64 }),
        ],
        {
          default: 'cores',
          description:
            'Processes: one for each core that the contender may use, 2n+1 of them, or a number.',
        },
      ),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    'Memory and state once per process; on a machine shared with the database, workers take its cores.',
  counterpart: 'uvicorn --workers N, gunicorn -w 2n+1',
  docs: 'https://nodejs.org/api/cluster.html',
  fill: ({ count }) => {
    const cores = availableParallelism()
    if (count === 'cores') return { launch: { workers: cores } }
    if (count === 'twice-cores-plus-one') return { launch: { workers: 2 * cores + 1 } }
    return { launch: { workers: count } }
  },
})
