/** The contract that every contender signs: what each endpoint must answer, and the check that it does. */
import { setTimeout as sleep } from 'node:timers/promises'
import { GapwiseError } from '../src/errors.ts'
import { suggest } from '../src/suggest.ts'
import { endpointContractNames, loadEndpointContract } from './contract/by-name.ts'
import { Client } from './contract/probe/client.ts'
import type { Answer } from './contract/probe/client.ts'
import { headerFaults } from './contract/probe/headers.ts'
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
}

/** What one endpoint owes. */
export interface EndpointContract {
  /** kebab-case, equals the file name and the endpoint's name. */
  readonly name: string
  readonly mediaType?: 'application/json' | 'text/plain'
  /** TechEmpower's header rules hold for what is measured, not for our own operations endpoints. */
  readonly measured: boolean
  /** The first case is also the one whose headers are looked at. */
  readonly cases: readonly Case[]
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
  /** Wait a little more than a second to see each endpoint's Date move on; true when absent. */
  readonly clock?: boolean
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
  { clock = true }: VerifyOptions = {},
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
  await using client = new Client(baseUrl)
  const found = await Promise.all([
    ...contracts.flatMap((contract) =>
      contract.cases.map((one) => caseProblems(client, contract, one)),
    ),
    ...contracts
      .filter(({ measured }) => measured)
      .map((one) => headerProblems(client, one, clock)),
    unknownPathProblems(client),
  ])
  return found.flat()
}

async function caseProblems(
  client: Client,
  contract: EndpointContract,
  { request, expected, statuses = [200], check, drawn = false }: Case,
): Promise<Problem[]> {
  const problem = problemMaker(contract.name, request)
  const answer = await client.ask(request)
  if (typeof answer === 'string') return [problem('an answer', answer)]
  if (!statuses.includes(answer.status))
    return [problem(`status ${statuses.join(' or ')}`, statusAndBody(answer))]
  const problems: Problem[] = []
  const mediaType = String(answer.headers['content-type'])
  if (contract.mediaType !== undefined && !isMediaType(mediaType, contract.mediaType))
    problems.push(problem(`Content-Type ${contract.mediaType}`, mediaType))
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
  (endpoint: string, { method, path }: Request) =>
  (expected: string, found: string): Problem => ({
    endpoint,
    request: `${method} ${path}`,
    expected,
    found,
  })

const statusAndBody = ({ status, body }: Answer): string =>
  `${status} with ${JSON.stringify(body.slice(0, 80))}`

/** The media type itself, with utf-8 as the only parameter allowed (TechEmpower's verifier). */
const isMediaType = (header: string, wanted: string): boolean =>
  new RegExp(`^${wanted}(; ?charset=utf-8)?$`, 'i').test(header)
