/** What GET /cached-queries?count=N owes: N rows as the table held them when the cache was filled. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { EndpointContract, Scenario } from '../contract.ts'
import type { Request } from '../workload.ts'
import { countCases, seededCase } from './probe/world.ts'

const request: Request = { method: 'GET', path: '/cached-queries?count=20' }

/** As many as there are connections: a worker that was not asked before may still have to fill its cache. */
const asked = 4
/** Far more than an answer from memory takes. */
const patienceMs = 4000

/** Rows that are asked for anew look just as right as cached ones, so the table is put out of reach. */
const withoutTheTable: Scenario = {
  title: 'a cache that is filled answers while nobody can read the table',
  async run({ askFor, problem, sql }) {
    if (sql === undefined) return
    await sql('BEGIN')
    let answers: Promise<unknown>[] = []
    try {
      await sql('LOCK TABLE world IN ACCESS EXCLUSIVE MODE')
      answers = Array.from({ length: asked }, () => askFor([200], request))
      const given = new AbortController()
      const first = await Promise.race([
        // What is wrong with an answer has been noted; here it counts that there is one.
        Promise.any(answers).then(
          () => 'answer',
          () => 'failures',
        ),
        sleep(patienceMs, 'none', { signal: given.signal }),
      ])
      given.abort()
      if (first === 'none')
        problem(request, 'rows from a cache', 'no answer while table world is locked')
    } finally {
      await sql('ROLLBACK')
      await Promise.allSettled(answers)
    }
  },
}

export const contract: EndpointContract = {
  name: 'cached-queries',
  mediaType: 'application/json',
  measured: true,
  cases: [...countCases('/cached-queries', 'count'), seededCase('/cached-queries?count=500', 500)],
  scenarios: [withoutTheTable],
}
