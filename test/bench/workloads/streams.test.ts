/** What each connection sends: the same to every contender, another stream on each connection and by each seed. */
import t from 'tap'
import { cursorOf } from '../../../bench/engines/built-in/generator.ts'
import type { Request, Step } from '../../../bench/workload.ts'
import { loadWorkload, workloadNames } from '../../../bench/workloads/by-name.ts'

const seed = 3
const connections = 4
const streamLength = 60

/** Every script gets an answer from which it can ask on. */
const answer = '{"id":7,"code":"abcdefg"}'

function played(step: Step): Request[] {
  if ('request' in step) return [step.request]
  const asks = step.script('test-1')
  const requests: Request[] = []
  for (let next = asks.next(answer); next.done !== true; next = asks.next(answer))
    requests.push(next.value.request)
  return requests
}

/** The first requests of one connection in one window, as text. */
function stream(steps: readonly Step[], connection: number, window: number): string {
  const cursor = cursorOf(connection, connections, window, steps.length)
  const requests: Request[] = []
  for (let at = cursor; requests.length < streamLength; at++)
    requests.push(...played(steps[at % steps.length] as Step))
  return JSON.stringify(requests.slice(0, streamLength))
}

/** The bodies of these stand in a fixed order. */
const sameForEverySeed = new Set(['users-invalid'])

for (const name of workloadNames())
  t.test(name, async (t) => {
    const workload = await loadWorkload(name)
    const [one, other] = [workload.steps(seed), workload.steps(seed)] as const
    const streams = new Set<string>()
    for (const window of [0, 1, 7])
      for (let connection = 0; connection < connections; connection++) {
        const sent = stream(one, connection, window)
        streams.add(sent)
        if (sent !== stream(other, connection, window))
          t.fail(`two contenders get other requests on connection ${connection}`)
      }
    if (one.length === 1) t.equal(streams.size, 1)
    else t.equal(streams.size, 3 * connections, 'each connection of each window sends another')
    const others = stream(workload.steps(seed + 1), 0, 0)
    if (one.length === 1 || sameForEverySeed.has(name)) t.equal(others, stream(one, 0, 0))
    else t.not(others, stream(one, 0, 0), 'and so does another seed')

    const requests = one.flatMap(played).length
    // The cycle of a mix may end in the middle of a member's own.
    t.ok(
      Math.abs(requests / one.length - (workload.requestsPerStep ?? 1)) < 0.01,
      `${requests} requests in ${one.length} steps`,
    )
  })
