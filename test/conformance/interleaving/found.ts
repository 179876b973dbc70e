/** What the clients of one server find together, and what each of them needs for a visit. */
import type { Picker } from '../../../bench/data/picker.ts'
import { seededUser } from '../../../bench/data/users.ts'
import type { World } from '../../../bench/data/world.ts'
import type { Answer, TestClient } from '../../helpers/client.ts'
import { Registers } from './registers.ts'

export interface UserAnswer {
  readonly id: number
  readonly username: string
  readonly email: string
  readonly age: number
}

/** All that is checked of a user, as one value: a mixture of two versions is seen. */
export const userText = ({ username, email, age }: Omit<UserAnswer, 'id'>): string =>
  `${username} ${email} ${age}`

/** What all clients together know and have found. */
export interface Found {
  readonly users: Registers<string>
  readonly links: [code: string, url: string][]
  /** Rows of `world` that were read, and those that were updated, in no order. */
  readonly read: World[]
  readonly updated: World[]
  readonly problems: string[]
  orders: number
  ordersTried: number
  answers: number
  failures: number
}

export const openFound = (): Found => ({
  users: new Registers((id) => userText(seededUser(id))),
  links: [],
  read: [],
  updated: [],
  problems: [],
  orders: 0,
  ordersTried: 0,
  answers: 0,
  failures: 0,
})

/** One client among many. */
export interface Visitor {
  readonly client: TestClient
  readonly found: Found
  readonly random: Picker
  /** A text that nobody else uses. */
  readonly unique: () => string
  /** The answer if it has one of these statuses; else it is counted as a failure, or is a problem. */
  readonly expect: (what: string, statuses: readonly number[], answer: Answer) => Answer | undefined
  /** Notes that something failed which may fail only while connections are being ended. */
  readonly fail: (problem: string) => void
}

/** What is wrong with the answer to a request that the server could not do, if anything. */
function failureProblem({ status, body, headers }: Answer): string | undefined {
  if (status !== 500 && status !== 503) return `${status} ${body}`
  const isClean =
    String(headers['content-type']).startsWith('application/problem+json') &&
    Object.keys(JSON.parse(body) as object).join() === 'type,title,status'
  return isClean ? undefined : `${status} with ${body}`
}

/**
 * @param name of this client, a part of all that it writes
 * @param mayFail whether connections are ended meanwhile
 */
export function openVisitor(
  client: TestClient,
  found: Found,
  random: Picker,
  name: string,
  mayFail: boolean,
): Visitor {
  let texts = 0
  return {
    client,
    found,
    random,
    unique: () => `${name}-${++texts}`,
    expect(what, statuses, answer) {
      found.answers++
      if (statuses.includes(answer.status)) return answer
      found.failures++
      const problem = mayFail ? failureProblem(answer) : `${answer.status} ${answer.body}`
      if (problem !== undefined) found.problems.push(`${what}: ${problem}`)
      return undefined
    },
    fail(problem) {
      found.failures++
      if (!mayFail) found.problems.push(problem)
    },
  }
}
