/** Claims about what a step of tuning is worth, on their side and on ours. */
import type { Claim, Explanation } from '../claim.ts'
import { atLeast, atMost, more } from '../claim/stated.ts'
import { peers, profiles } from '../page-runs/contenders.ts'
import { express, fastapi, fastapiTuned, gin, ratioIn } from './places.ts'

const dearer = 'at least 2 % dearer'

const serializedInRust: Explanation = {
  side: 'above',
  why: 'Since 0.130 FastAPI serializes a declared response model in Rust, and since 0.131 its `ORJSONResponse` is deprecated: the claim is about versions before.',
}

const synchronousRule: Explanation = {
  side: 'below',
  why: "The rule comes from gunicorn's synchronous workers, which wait while the database works; an asynchronous worker serves others meanwhile.",
}

const wholeIsLess: Explanation = {
  side: 'below',
  why: 'The whole request takes less than what its validation is said to take.',
}

const nearDatabase: Explanation = {
  side: 'above',
  why: 'The database is on the same machine, so a call that blocks does not wait for a network.',
}

export const tuningClaims: readonly Claim[] = [
  {
    id: '6',
    says: 'orjson in place of the default serializer takes 30 to 50 % off the time to serialize.',
    given: 'A "one-line change" of FastAPI.',
    differs:
      'What is measured is the CPU time of the whole request for 100 rows, of which serializing is a part, so the part changes by more than the figure.',
    checks: [
      {
        quantity: ratioIn('parallel-json', peers.fastapiOrjson, fastapi, 'posts', 'cost'),
        stated: atMost(0.7),
        taken: 'at least 30 % off',
        isPart: true,
        explains: serializedInRust,
      },
    ],
  },
  {
    id: '7',
    says: 'Services with much I/O should have 2 x cores + 1 workers.',
    given: "Gunicorn's advice, repeated for FastAPI.",
    differs:
      'Against one worker for each core, on the whole machine, which the database and the generator share.',
    checks: [
      {
        quantity: ratioIn('parallel-workers', peers.fastapiGunicorn, peers.fastapiWorkers, 'db'),
        stated: more,
        taken: 'at least 2 % more requests/s than one worker for each core',
        explains: synchronousRule,
      },
      {
        quantity: ratioIn(
          'parallel-workers',
          profiles.workersTwiceCoresPlusOne,
          profiles.workers,
          'db',
        ),
        stated: more,
        taken: 'at least 2 % more requests/s than one worker for each core',
        explains: synchronousRule,
      },
    ],
  },
  {
    id: '8',
    says: 'Validation by Pydantic adds about 1 ms to a request.',
    given: 'No setting.',
    differs:
      'What is measured is all CPU time of the server for a request that validates a body and writes a row; validation is a part of it.',
    checks: [
      {
        quantity: {
          kind: 'cost',
          run: 'parallel-json',
          contender: fastapi,
          workload: 'users-create',
          metric: 'cost',
        },
        stated: atLeast(1e6 / 1.15),
        taken: 'at least 1 ms within 15 %',
        isPart: true,
        explains: wholeIsLess,
      },
    ],
  },
  {
    id: '9',
    says: 'Models that validate should be built once: building them in the request costs.',
    given: 'No figure.',
    differs:
      'Ours builds in the request what validates the body and what serializes the answer; FastAPI what validates the answer.',
    checks: [
      {
        quantity: ratioIn(
          'parallel-json',
          peers.fastapiUncachedSchemas,
          fastapi,
          'users-create',
          'stackCost',
        ),
        stated: more,
        taken: dearer,
      },
      {
        quantity: ratioIn(
          'parallel-json',
          profiles.compilePerRequest,
          profiles.baseline,
          'users-create',
          'stackCost',
        ),
        stated: more,
        taken: dearer,
      },
    ],
  },
  {
    id: '10',
    says: 'PgBouncer with pooling by transaction handles thousands of clients; an exhausted pool is the common failure.',
    given: 'No figure.',
    differs: 'What is common in production cannot be measured here at all.',
    checks: [
      {
        quantity: { kind: 'pending', reason: 'PgBouncer is not built yet, on either side' },
        stated: more,
      },
    ],
  },
  {
    id: '11',
    says: 'Hot reads belong in Redis; most complaints about performance come from the database.',
    given: 'No figure.',
    differs:
      'A cache in the process is measured in place of Redis; what most complaints come from cannot be.',
    checks: [
      {
        quantity: ratioIn('hot-key', profiles.rowCache, profiles.baseline, 'hot-key'),
        stated: more,
        taken: 'a cache in the process serves at least 2 % more requests/s',
      },
      {
        quantity: { kind: 'pending', reason: 'Redis is not built yet, on either side' },
        stated: more,
      },
    ],
  },
  {
    id: '12',
    says: 'Drivers should be asynchronous everywhere: a synchronous one inside an async endpoint destroys throughput.',
    given: 'asyncpg and httpx; no figure.',
    differs: 'Of the drivers that of the database is measured.',
    checks: [
      {
        quantity: ratioIn('parallel-database', peers.fastapiBlocking, fastapi, 'db'),
        stated: atMost(0.5),
        taken: 'half of the requests/s or less',
        explains: nearDatabase,
      },
      {
        quantity: ratioIn('parallel-database', profiles.blockingCall, profiles.baseline, 'db'),
        stated: atMost(0.5),
        taken: 'half of the requests/s or less',
        explains: nearDatabase,
      },
    ],
  },
  {
    id: '23',
    says: 'A tuned FastAPI (asyncpg, several workers, faster JSON) closes a meaningful share of the gap to Node and Go.',
    given: 'No figure.',
    differs:
      'Node is Express and Go is Gin, at their quick starts. Each contender has one core, so more workers add nothing here.',
    checks: (['json', 'db'] as const).flatMap((workload) =>
      [express, gin].map((peer) => ({
        quantity: {
          kind: 'share of gap' as const,
          run: 'claims-tuned' as const,
          contender: fastapiTuned,
          base: fastapi,
          peer,
          workload,
          metric: 'capacity' as const,
        },
        stated: atLeast(0.25),
        taken: 'a quarter of the gap or more',
      })),
    ),
  },
]
