/** The claim that real work makes the framework's own cost disappear. */
import type { CheckedClaim, Explanation } from '../claim.ts'
import { about, fewer } from '../claim/stated.ts'
import { express, fastapi, gin, ratioIn } from './places.ts'

const disappears = { stated: about(1), taken: 'alike within 15 %' } as const

const waiting: Explanation = {
  why: 'Waiting for others takes time and no CPU, so it leaves what a framework takes from the machine as it is.',
}

/** Latency, and what has to be paid for. */
export const realismClaim: CheckedClaim = {
  id: '24',
  says: "A real endpoint adds 50 to 500 ms of database and downstream work, so the framework's own cost disappears.",
  given: 'No setting.',
  differs:
    '`checkout`: a token, a body, a transaction and three downstream services that take 50 ms, at a fixed rate which all hold. Both the latency that a user sees and the CPU time that is paid for have to be alike.',
  checks: [
    ...[fastapi, express].map((contender) => ({
      quantity: ratioIn('claims-checkout', contender, gin, 'checkout', 'latencyP50'),
      ...disappears,
    })),
    ...[fastapi, express].map((contender) => ({
      quantity: ratioIn('claims-checkout', contender, gin, 'checkout', 'stackCost'),
      ...disappears,
      explains: waiting,
    })),
    ...[fastapi, express].map((contender) => ({
      quantity: {
        kind: 'narrowing' as const,
        from: ratioIn('claims-checkout-at-once', contender, gin, 'checkout', 'latencyP50'),
        to: ratioIn('claims-checkout', contender, gin, 'checkout', 'latencyP50'),
      },
      stated: fewer,
      taken: 'narrower by at least 2 % than with services that answer at once',
    })),
  ],
}
