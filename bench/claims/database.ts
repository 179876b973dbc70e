/** Claims about frameworks in front of a database. */
import type { Claim } from '../claim.ts'
import { about, asMuch, between, fewer } from '../claim/stated.ts'
import { express, fastapi, gin, oneCore, quickStarts } from './places.ts'

export const databaseClaims: readonly Claim[] = [
  {
    id: '15a',
    says: 'A single query: FastAPI 6,000 requests/s, Express 8,000, Gin 18,000; twenty queries: 1,800, 2,200 and 4,500, so the gap narrows to 2 to 3 times.',
    given: 'Beside claim 13, which is of four cores.',
    differs: `The database runs on the same machine. ${oneCore}`,
    checks: [
      { quantity: quickStarts(gin, fastapi, 'db'), stated: about(3) },
      { quantity: quickStarts(gin, express, 'db'), stated: about(2.25) },
      { quantity: quickStarts(gin, fastapi, 'queries'), stated: between(2, 3) },
      { quantity: quickStarts(gin, express, 'queries'), stated: between(2, 3) },
    ],
  },
  {
    id: '15b',
    says: 'FastAPI with asyncpg matches or exceeds Express with pg.',
    given: 'Beside the figures of 15a, in which FastAPI has 0.75 times the requests of Express.',
    differs: 'The database runs on the same machine.',
    checks: [
      {
        quantity: quickStarts(fastapi, express, 'db'),
        stated: asMuch,
        taken: 'a tie within 15 % counts',
      },
      {
        quantity: quickStarts(fastapi, express, 'queries'),
        stated: asMuch,
        taken: 'a tie within 15 % counts',
      },
    ],
  },
  {
    id: '16',
    says: 'Fetching 50 to 100 rows narrows the gap between the frameworks.',
    given: 'No figure.',
    differs:
      'The gap is that of Gin to the others on `posts` (100 rows) against that on `json`, in requests/s.',
    checks: [fastapi, express].map((base) => ({
      quantity: {
        kind: 'narrowing' as const,
        from: quickStarts(gin, base, 'json'),
        to: quickStarts(gin, base, 'posts'),
      },
      stated: fewer,
      taken: 'narrower by at least 2 %',
    })),
  },
]
