/** Toggle: V8's space for young objects may grow larger, so that fewer of them are copied. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'semi-space',
  summary: 'Give young objects more memory, so that they are collected less often.',
  family: 'process',
  options: Type.Object(
    {
      mib: Type.Union([Type.Literal(16), Type.Literal(32), Type.Literal(64), Type.Literal(128)], {
        default: 64,
        description:
          'Largest size of one of the two halves, in MiB (--max-semi-space-size). Where the heap may grow to 4 GiB, Node 26 itself allows 32.',
      }),
    },
    { additionalProperties: false },
  ),
  tradeoff:
    'Up to three times as much more memory in each process; what no longer fits the CPU caches may cost more than it saves.',
  counterpart: 'gc.set_threshold, gc.freeze',
  docs: 'https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib',
  fill: ({ mib }) => ({ launch: { nodeFlags: [`--max-semi-space-size=${mib}`] } }),
})
