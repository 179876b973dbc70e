/** The contract that every contender signs: what each endpoint must answer, and the check that it does. */
import { setTimeout as sleep } from 'node:timers/promises'
import { GapwiseError } from '../src/errors.ts'
import { suggest } from '../src/suggest.ts'
import { endpointContractNames, loadEndpointContract } from './contract/by-name.ts'
import { type Answer, askPatiently, Client } from './contract/probe/client.ts'
import { headerFaults, mediaTypeFault } from './contract/probe/headers.ts'
import { playScenarios } from './contract/probe/stage.ts'
import { requestTitle } from './contract/probe/title.ts'
import type { Request } from './workload.ts'

/** One request and what its answer must be. */
export interface Case {
  readonly request: Request
  /** What the body must be, in words. */
  readonly expected: string
  /** Statuses that are right; 200 alone when absent. */
  readonly statuses?: readonly number[]
  /** What is wrong with this body in a sentence, or undefined. */
  readonly check: (body: string) => string | undefined
  /** Rows are drawn anew each time: several answers may not all be the same. */
  readonly drawn?: boolean
  /** The media type where it is not the endpoint's own, such as application/problem+json. */
  readonly mediaType?: string
  /** Headers that the answer must have, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** Asked only where the database holds the rows that it was seeded with. */
  readonly seeded?: true
  /** Takes a second or more, so it is asked only where the clock is looked at. */
  readonly slow?: true
  /** Keeps a processor busy, a second and more in a slow language, so its answer may take longer than others. */
  readonly heavy?: true
  /** About how a request is read; what is then done for it, other cases show. */
  readonly reading?: true
}

/** What a scenario may do. */
export interface Stage {
  /** @throws Unanswered, which ends the scenario as a problem */
  readonly ask: (request: Request) => Promise<Answer>
  /** As `ask`; a status other than these is a problem. */
  readonly askFor: (statuses: readonly number[], request: Request) => Promise<Answer>
  /** Notes what is wrong with the answer to a request. */
  readonly problem: (request: Request, expected: string, found: string) => void
  /** Rows straight from the contender's database, where it was made by us; undefined elsewhere. */
  readonly sql:
    | (<Row>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>)
    | undefined
  /**
   * How many of the three services of GET /fanout are asked at the same time while something runs, at most;
   * undefined where its services are not ours.
   */
  readonly mostAtOnce: ((run: () => Promise<unknown>) => Promise<number>) | undefined
}

/** Several requests that follow from one another; scenarios run after all cases, one at a time. */
export interface Scenario {
  /** What is looked at, in words. */
  readonly title: string
  /** Other endpoints that it asks; it is played only where all of them are offered. */
  readonly needs?: readonly string[]
  readonly run: (stage: Stage) => Promise<void>
}

/** What one endpoint owes. */
export interface EndpointContract {
  /** kebab-case, equals the file name and the endpoint's name. */
  readonly name: string
  readonly mediaType?: 'application/json' | 'text/plain' | 'text/html'
  /** TechEmpower's header rules hold for what is measured, not for our own operations endpoints. */
  readonly measured: boolean
  /** Changes rows that other contracts read, so its cases are asked when theirs are done. */
  readonly writes?: true
  /** The first case is also the one whose headers are looked at. */
  readonly cases: readonly Case[]
  readonly scenarios?: readonly Scenario[]
  /** How to find out whether a server offers it; the first GET among the cases, answered 200, when absent. */
  readonly probe?: ProbeQuestion
}

/** A request that changes nothing, not even on a server that knows the endpoint. */
export interface ProbeQuestion {
  readonly request: Request
  /** The answer of a server that has the endpoint. */
  readonly status: number
  /** Asked only where this endpoint is offered too, so that no stranger is sent what might write. */
  readonly after?: string
}

/** One way in which a contender breaks the contract. */
export interface Problem {
  readonly endpoint: string
  /** `GET /queries?queries=foo` */
  readonly request: string
  readonly expected: string
  readonly found: string
}

const drawnAnswers = 4
/** A server may render Date once a second by a timer, so a little more than a second must pass. */
const dateStepMs = 1_100

/** A problem as one line for people. */
export const describeProblem = ({ request, expected, found }: Problem): string =>
  `${request}: expected ${expected}, found ${found}`

/** How much to ask. */
export interface VerifyOptions {
  /** Wait a little more than a second to see each endpoint's Date move on, and ask slow cases; true when absent. */
  readonly clock?: boolean
  /** Ask also what is only about how a request is read; true when absent. */
  readonly reading?: boolean
  /** How long each step of an answer may take, in milliseconds; 10 s when absent. */
  readonly limitMs?: number
  /** The database still holds the rows that it was seeded with; true when absent. */
  readonly seeded?: boolean
  /** The contender's own database, where it was made by us: lets scenarios compare answers with it. */
  readonly databaseUrl?: string
  /** The contender's own door at the stub of the downstream services: lets a scenario see how they are asked. */
  readonly upstreamUrl?: string
}

/**
 * Asks every case of the named endpoints, and a path that does not exist.
 * @param endpoints names of endpoints that the contender offers
 * @returns every problem found; none means that the contender may be measured
 * @throws GapwiseError `usage` UNKNOWN_ENDPOINT
 */
export async function verify(
  baseUrl: URL,
  endpoints: readonly string[],
  { clock = true, reading = true, seeded = true, limitMs, ...views }: VerifyOptions = {},
): Promise<Problem[]> {
  const known = endpointContractNames()
  const unknown = endpoints.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new GapwiseError(
      'usage',
      'UNKNOWN_ENDPOINT',
      `The contract has no endpoint "${unknown}". ${suggest(unknown, known)}`,
    )
  const contracts = await Promise.all(endpoints.map(loadEndpointContract))
  await using client = new Client(baseUrl, limitMs)
  const ask = async (some: readonly EndpointContract[]): Promise<Problem[]> => {
    const found = await Promise.all([
      ...some.flatMap((contract) =>
        contract.cases
          .filter(
            (one) => (seeded || !one.seeded) && (clock || !one.slow) && (reading || !one.reading),
          )
          .map((one) => caseProblems(client, contract, one)),
      ),
      ...some.filter(({ measured }) => measured).map((one) => headerProblems(client, one, clock)),
    ])
    return found.flat()
  }
  return [
    ...(await ask(contracts.filter(({ writes }) => writes !== true))),
    ...(await ask(contracts.filter(({ writes }) => writes === true))),
    ...(await unknownPathProblems(client)),
    ...(await playScenarios(client, contracts, views)),
  ]
}

async function caseProblems(
  client: Client,
  contract: EndpointContract,
  {
    request,
    expected,
    statuses = [200],
    check,
    drawn = false,
    mediaType,
    headers = {},
    heavy,
  }: Case,
): Promise<Problem[]> {
  const problem = problemMaker(contract.name, request)
  const answer = await askPatiently(client, request, statuses, heavy)
  if (typeof answer === 'string') return [problem('an answer', answer)]
  if (!statuses.includes(answer.status))
    return [problem(`status ${statuses.join(' or ')}`, statusAndBody(answer))]
  const problems: Problem[] = []
  const wanted = mediaType ?? contract.mediaType
  const fault = wanted && mediaTypeFault(answer.headers, wanted)
  if (fault) problems.push(problem(fault.expected, fault.found))
  for (const [name, value] of Object.entries(headers))
    if (answer.headers[name] !== value)
      problems.push(problem(`${name}: ${value}`, String(answer.headers[name])))
  const reason = check(answer.body)
  if (reason !== undefined) problems.push(problem(expected, reason))
  else if (drawn && (await alwaysSame(client, request, answer)))
    problems.push(
      problem('rows drawn anew for each request', `the same answer ${drawnAnswers} times`),
    )
  return problems
}

async function alwaysSame(client: Client, request: Request, first: Answer): Promise<boolean> {
  const others = await Promise.all(
    Array.from({ length: drawnAnswers - 1 }, () => client.ask(request)),
  )
  return others.every((other) => typeof other !== 'string' && other.body === first.body)
}

async function headerProblems(
  client: Client,
  contract: EndpointContract,
  clock: boolean,
): Promise<Problem[]> {
  const request = contract.cases[0]?.request
  if (request === undefined) return []
  const problem = problemMaker(contract.name, request)
  const first = await client.ask(request)
  if (typeof first === 'string') return []
  const problems = headerFaults(first.headers).map(({ expected, found }) =>
    problem(expected, found),
  )
  const { date } = first.headers
  if (date === undefined || !clock) return problems
  // Asked twice: a timer that is late on a busy machine is no frozen clock.
  for (let tries = 0; tries < 2; tries++) {
    await sleep(dateStepMs)
    const later = await client.ask(request)
    if (typeof later === 'string' || later.headers['date'] !== date) return problems
  }
  return [...problems, problem('a Date that moves on', `${date} after two seconds still`)]
}

async function unknownPathProblems(client: Client): Promise<Problem[]> {
  const request: Request = { method: 'GET', path: '/no-such-path' }
  const problem = problemMaker('unknown path', request)
  const answer = await client.ask(request)
  if (typeof answer === 'string') return [problem('an answer', answer)]
  return answer.status === 404 ? [] : [problem('status 404', statusAndBody(answer))]
}

const problemMaker =
  (endpoint: string, request: Request) =>
  (expected: string, found: string): Problem => ({
    endpoint,
    request: requestTitle(request),
    expected,
    found,
  })

const statusAndBody = ({ status, body }: Answer): string =>
  `${status} with ${JSON.stringify(body.slice(0, 80))}`
