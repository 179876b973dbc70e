/** Waits until a freshly started server answers, or says why it will not. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { GapwiseError } from '../../src/errors.ts'
import type { Child } from '../supervisor.ts'

/** When to ask again and when to give up, in milliseconds. */
export interface Patience {
  readonly stepMs?: number
  readonly deadlineMs?: number
}

/**
 * Asks `url` until it answers with 200, every 10 ms unless told otherwise: as exact as a start can be timed.
 * @throws GapwiseError `contender` CONTENDER_START, with the tail of the child's log, when the child ends first
 *   or the deadline (60 s: a busy machine, many workers) passes
 */
export async function untilReady(
  child: Pick<Child, 'name' | 'exited' | 'logTail'>,
  url: URL,
  { stepMs = 10, deadlineMs = 60_000 }: Patience = {},
): Promise<void> {
  const ended = watchEnd(child)
  const agent = new Agent({ headersTimeout: deadlineMs, bodyTimeout: deadlineMs })
  const endMs = performance.now() + deadlineMs
  let lastStatus: number | undefined
  try {
    for (;;) {
      const answer = await ask(url, agent, Math.max(1, endMs - performance.now()))
      // Another server may hold the port: an answer counts only while the child lives.
      const end = ended()
      if (end !== undefined) throw failed(child, `${end} before it answered ${url.href}`)
      if (answer === 200) return
      if (typeof answer === 'number') lastStatus = answer
      if (performance.now() >= endMs) {
        throw failed(
          child,
          `did not answer ${url.href} with 200 in ${deadlineMs} ms: ${lastStatus ?? answer}`,
        )
      }
      await Promise.race([sleep(stepMs), child.exited])
    }
  } finally {
    await agent.destroy()
  }
}

/** Remembers the end of a child: the function says how it ended, or undefined while it lives. */
export function watchEnd({ exited }: Pick<Child, 'exited'>): () => string | undefined {
  let end: string | undefined
  const watch = async (): Promise<void> => {
    const { code, signal } = await exited
    end = signal === null ? `ended with code ${code}` : `was ended by ${signal}`
  }
  void watch()
  return () => end
}

/** The status of one GET, or the reason why there is none. */
async function ask(url: URL, dispatcher: Agent, timeoutMs: number): Promise<number | string> {
  try {
    const signal = AbortSignal.timeout(Math.ceil(timeoutMs))
    const { statusCode, body } = await request(url, { dispatcher, signal })
    await body.dump()
    return statusCode
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // The deadline's own error has a number for a code, which says nothing to people.
    if (error.name === 'TimeoutError') return 'no answer'
    return 'code' in error ? String(error.code) : error.message
  }
}

function failed(child: Pick<Child, 'name' | 'logTail'>, what: string): GapwiseError {
  const log = child.logTail().trim()
  return new GapwiseError(
    'contender',
    'CONTENDER_START',
    `${child.name} ${what}. ${log === '' ? 'Its log is empty.' : `The end of its log:\n${log}`}`,
  )
}
