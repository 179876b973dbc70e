/** Plays scenarios: each asks one request after the other and collects what is wrong. */
import { Client as DatabaseClient } from 'pg'
import type { EndpointContract, Problem, Scenario, Stage, VerifyOptions } from '../../contract.ts'
import type { Request } from '../../workload.ts'
import type { Client } from './client.ts'
import { watchAtOnce } from './gathering.ts'
import { requestTitle } from './title.ts'

/** The contender did not answer; what follows in the scenario cannot be judged. */
export class Unanswered extends Error {}

/** A look into the contender's own database. */
export interface Database extends AsyncDisposable {
  readonly sql: NonNullable<Stage['sql']>
}

/** Connects to a contender's database. */
export async function openDatabase(url: string): Promise<Database> {
  const client = new DatabaseClient({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return {
    sql: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await client.query(text, values as unknown[])).rows as Row[],
    [Symbol.asyncDispose]: () => client.end(),
  }
}

/**
 * Plays the scenarios of all endpoints, one after the other, where what they need is offered.
 * @returns what they found wrong
 */
export async function playScenarios(
  client: Client,
  contracts: readonly EndpointContract[],
  { databaseUrl, upstreamUrl }: Pick<VerifyOptions, 'databaseUrl' | 'upstreamUrl'>,
): Promise<Problem[]> {
  const problems: Problem[] = []
  await using database = databaseUrl === undefined ? undefined : await openDatabase(databaseUrl)
  const views = {
    sql: database?.sql,
    mostAtOnce: upstreamUrl === undefined ? undefined : watchAtOnce(upstreamUrl),
  }
  const offered = new Set(contracts.map(({ name }) => name))
  for (const { name, scenarios = [] } of contracts)
    for (const scenario of scenarios.filter(({ needs = [] }) =>
      needs.every((each) => offered.has(each)),
    ))
      problems.push(...(await playScenario(client, name, scenario, views)))
  return problems
}

/**
 * @param views looks behind the contender, where there are any
 * @returns what the scenario found wrong
 */
async function playScenario(
  client: Client,
  endpoint: string,
  { run }: Scenario,
  views: Pick<Stage, 'sql' | 'mostAtOnce'>,
): Promise<Problem[]> {
  const problems: Problem[] = []
  const problem: Stage['problem'] = (request, expected, found) => {
    problems.push({ endpoint, request: requestTitle(request), expected, found })
  }
  const ask: Stage['ask'] = async (request: Request) => {
    const answer = await client.ask(request)
    if (typeof answer !== 'string') return answer
    problem(request, 'an answer', answer)
    throw new Unanswered(answer)
  }
  const askFor: Stage['askFor'] = async (statuses, request) => {
    const answer = await ask(request)
    if (!statuses.includes(answer.status))
      problem(
        request,
        `status ${statuses.join(' or ')}`,
        `${answer.status} with ${JSON.stringify(answer.body.slice(0, 200))}`,
      )
    return answer
  }
  try {
    await run({ ask, askFor, problem, ...views })
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
  }
  return problems
}
