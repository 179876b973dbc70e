/** Asks a running server what it is: its profile if it is one of ours, and which endpoints it offers. */
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Agent, request } from 'undici'
import type { EndpointContract, ProbeQuestion } from './contract.ts'
import { endpointContractNames, loadEndpointContract } from './contract/by-name.ts'
import type { Request } from './workload.ts'

const timeoutMs = 5000
/** Of what has to be answered: a busy machine takes its time. */
const identityTimeoutMs = 30_000
const profileRequest: Request = { method: 'GET', path: '/profile' }

/** What GET /profile of any gapwise server answers, as far as the bench relies on it. */
const IdentitySchema = Type.Object({
  name: Type.String(),
  runId: Type.String(),
  pid: Type.Integer(),
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
  /** Names of those endpoints that answered their probe as a server does that has them. */
  readonly endpoints: readonly string[]
}

interface Answer {
  readonly status: number
  readonly server: string | undefined
  readonly text: string
}

/**
 * Probes a server with requests that change nothing: GETs, and what the contract says that every server
 * refuses. Never throws for a server that does not answer.
 */
export async function probeServer(url: URL): Promise<Probe> {
  const agent = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs })
  try {
    const first = await ask(url, profileRequest, agent)
    if (typeof first === 'string') {
      return { failure: first, toggles: {}, versions: {}, endpoints: [] }
    }
    const endpoints = await offered(url, agent)
    const profile = identityIn(first)
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

/** What a server of ours says that it runs. */
type Identity = Static<typeof IdentitySchema>

/**
 * Asks a server of ours what it runs, with 30 s to answer. Never throws for a server that does not.
 * @returns what it says; or as `failure` why there was no answer (`ECONNREFUSED`), or as `found` what another server says
 */
export async function askIdentity(
  url: URL,
): Promise<Identity | { readonly failure: string } | { readonly found: string }> {
  const agent = new Agent()
  try {
    const answer = await ask(url, profileRequest, agent, identityTimeoutMs)
    if (typeof answer === 'string') return { failure: answer }
    return identityIn(answer) ?? { found: `status ${answer.status}, no profile in it` }
  } finally {
    await agent.destroy()
  }
}

/** Names of the endpoints that a server offers, sorted. */
async function offered(url: URL, agent: Agent): Promise<string[]> {
  const contracts = await Promise.all(endpointContractNames().map(loadEndpointContract))
  const found = new Set<string>()
  const isFound = async ({ request, status }: ProbeQuestion): Promise<boolean> => {
    const answer = await ask(url, request, agent)
    return typeof answer !== 'string' && answer.status === status
  }
  // What only reads is asked first: the others depend on it.
  for (const reads of [true, false])
    for (const contract of contracts) {
      const probe = probeOf(contract)
      if (probe === undefined || (probe.after === undefined) !== reads) continue
      if (probe.after !== undefined && !found.has(probe.after)) continue
      if (await isFound(probe)) found.add(contract.name)
    }
  return [...found].toSorted()
}

function probeOf({ probe, cases }: EndpointContract): ProbeQuestion | undefined {
  if (probe !== undefined) return probe
  const request = cases.find(({ request }) => request.method === 'GET')?.request
  return request && { request, status: 200 }
}

function identityIn({ status, text }: Answer): Identity | undefined {
  if (status !== 200) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(IdentitySchema, value) ? value : undefined
  } catch (error) {
    // A foreign server may answer /profile with a page: it is simply not one of ours.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** One request, or the reason why there was no answer. */
async function ask(
  url: URL,
  { method, path, headers = {}, body: sent }: Request,
  dispatcher: Agent,
  limitMs = timeoutMs,
): Promise<Answer | string> {
  try {
    const signal = AbortSignal.timeout(limitMs)
    const { statusCode, ...answer } = await request(new URL(path, url), {
      method,
      headers,
      ...(sent === undefined ? {} : { body: sent }),
      dispatcher,
      signal,
    })
    const server = answer.headers['server']
    return {
      status: statusCode,
      server: typeof server === 'string' ? server : undefined,
      text: await answer.body.text(),
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.name === 'TimeoutError') return `no answer in ${limitMs / 1000} s`
    return 'code' in error && typeof error.code === 'string' ? error.code : error.message
  }
}
