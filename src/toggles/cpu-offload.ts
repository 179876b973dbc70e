/** Toggle: work for the processor is done in worker threads. */
import { availableParallelism } from 'node:os'
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'cpu-offload',
  summary:
    'Do work that keeps a processor busy in worker threads (piscina), beside the event loop.',
  family: 'compute',
  options: Type.Object(
    {
      threads: Type.Union(
        [Type.Literal('spare-cores'), Type.Integer({ minimum: 1, maximum: 64 })],
        {
          default: 'spare-cores',
          description:
            'Threads of the whole contender, divided among workers; one for each core but one that the loop keeps.',
        },
      ),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    'Each task pays for two messages between threads; without a free core it takes as long, and only other requests gain.',
  counterpart: 'run_in_executor with a ProcessPoolExecutor',
  docs: 'https://github.com/piscinajs/piscina',
  fill: ({ threads }) => {
    const total = threads === 'spare-cores' ? Math.max(1, availableParallelism() - 1) : threads
    return {
      compute: async (workers) =>
        (await import('../compute/offloaded.ts')).offloadedCompute(
          Math.max(1, Math.floor(total / workers)),
        ),
    }
  },
})
