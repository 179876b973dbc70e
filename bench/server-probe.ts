/** Asks a running server what it is: its profile if it is one of ours, and which endpoints it offers. */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Agent, request } from 'undici'
import { endpointContractNames, loadEndpointContract } from './contract/by-name.ts'

const timeoutMs = 5000

const ProfileSchema = Type.Object({
  name: Type.String(),
  runId: Type.String(),
  toggles: Type.Record(Type.String(), Type.Unknown()),
  versions: Type.Record(Type.String(), Type.String()),
})

/** What a server said of itself. */
export interface Probe {
  /** Why nothing could be asked (`ECONNREFUSED`), or undefined when it answered. */
  readonly failure?: string
  /** Of gapwise servers only: names this start of it. */
  readonly runId?: string
  readonly toggles: Readonly<Record<string, unknown>>
  /** Of a foreign server what its Server header says, if anything. */
  readonly versions: Readonly<Record<string, string>>
  /** Names of those endpoints that answered 200. */
  readonly endpoints: readonly string[]
}

interface Answer {
  readonly status: number
  readonly server: string | undefined
  readonly text: string
}

/** Probes a server with a few GETs; never throws for a server that does not answer. */
export async function probeServer(url: URL): Promise<Probe> {
  const agent = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs })
  try {
    const first = await get(new URL('/profile', url), agent)
    if (typeof first === 'string') {
      return { failure: first, toggles: {}, versions: {}, endpoints: [] }
    }
    const endpoints: string[] = []
    for (const name of endpointContractNames()) {
      if (await offers(url, name, agent)) endpoints.push(name)
    }
    const profile = first.status === 200 ? parseProfile(first.text) : undefined
    if (profile !== undefined) {
      const { runId, toggles, versions } = profile
      return { runId, toggles, versions, endpoints }
    }
    const versions = first.server === undefined ? {} : { server: first.server }
    return { toggles: {}, versions, endpoints }
  } finally {
    await agent.destroy()
  }
}

/** Whether a server answers the endpoint's first GET with 200. Nothing that writes is sent to a foreign server. */
async function offers(url: URL, name: string, agent: Agent): Promise<boolean> {
  const { cases } = await loadEndpointContract(name)
  const path = cases.find(({ request }) => request.method === 'GET')?.request.path
  if (path === undefined) return false
  const answer = await get(new URL(path, url), agent)
  return typeof answer !== 'string' && answer.status === 200
}

function parseProfile(text: string) {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(ProfileSchema, value) ? value : undefined
  } catch (error) {
    // A foreign server may answer /profile with a page: it is simply not one of ours.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** One GET, or the reason why there was no answer. */
async function get(url: URL, dispatcher: Agent): Promise<Answer | string> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const { statusCode, headers, body } = await request(url, { dispatcher, signal })
    const server = headers['server']
    return {
      status: statusCode,
      server: typeof server === 'string' ? server : undefined,
      text: await body.text(),
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.name === 'TimeoutError') return `no answer in ${timeoutMs / 1000} s`
    return 'code' in error && typeof error.code === 'string' ? error.code : error.message
  }
}
