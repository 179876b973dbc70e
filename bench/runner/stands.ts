/** Contenders that are up in places of their own, and what is asked of them before they may be measured. */
import { GapwiseError } from '../../src/errors.ts'
import type { Contender, Running } from '../contender.ts'
import type { Place } from '../place.ts'
import type { RunParts } from './parts.ts'

/** A contender that is up, in its place. */
export interface Stand {
  readonly contender: Contender
  readonly place: Place
  readonly server: Running
}

/** What holds stands until they are left: servers are stopped first, then their places left. */
export interface Held {
  readonly places: AsyncDisposableStack
  readonly servers: AsyncDisposableStack
}

/**
 * Makes all places at once, as PostgreSQL copies its template beside what starts, then brings the contenders up one
 * after the other; those that are, when it was interrupted.
 * @param beforeStart is told all places when they are made
 */
export async function startAll(
  parts: Pick<RunParts, 'contenders' | 'openPlace' | 'signal'>,
  ids: readonly string[],
  { places, servers }: Held,
  tell: (doing: string) => void,
  beforeStart: (made: readonly Omit<Stand, 'server'>[]) => Promise<void> = async () => {},
): Promise<Stand[]> {
  const contenders = ids.map((id) => {
    const contender = parts.contenders.find((each) => each.id === id)
    if (contender === undefined) throw new Error(`the plan names "${id}", which is no contender`)
    return contender
  })
  tell('making databases')
  const made = await Promise.allSettled(
    contenders.map(async (contender) => {
      const place = places.use(await parts.openPlace(contender))
      return { contender, place }
    }),
  )
  if (parts.signal.aborted) return []
  const sites = made.map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
  const stands: Stand[] = []
  await beforeStart(sites)
  for (const { contender, place } of sites) {
    if (parts.signal.aborted) return stands
    tell(`starting ${contender.id}`)
    stands.push({ contender, place, server: servers.use(await contender.start(place.site)) })
  }
  return stands
}

/** What of the contract is asked, and when. */
export interface Inspection {
  readonly when: 'before' | 'after'
  /** Endpoints; all that a contender offers when undefined, with what is about reading a request and about clocks. */
  readonly endpoints: readonly string[] | undefined
}

const mostProblemsShown = 8

/** A server that is slow by habit is too late for the contract while many others are asked beside it on its core. */
const askedAtOnce = 3

/**
 * Asks every stand to prove who it is and to answer by the contract, a few at a time.
 * @throws GapwiseError `contender` VERIFY_FAILED with the differences, STALE_SERVER or PROFILE_DIFFERS
 */
export async function inspect(
  parts: Pick<RunParts, 'verify'>,
  stands: readonly Stand[],
  { when, endpoints }: Inspection,
): Promise<void> {
  const whole = endpoints === undefined
  const inspectOne = async ({ contender, place: { databaseUrl, site }, server }: Stand) => {
    await server.verifyIdentity()
    // What a server elsewhere has in its database is not known.
    const problems = await parts.verify(server.url, endpoints ?? contender.endpoints, {
      clock: whole,
      reading: whole,
      seeded: when === 'before' && databaseUrl !== undefined,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(site.upstreamUrl === undefined ? {} : { upstreamUrl: site.upstreamUrl }),
    })
    if (problems.length === 0) return
    const shown = problems.slice(0, mostProblemsShown).map((problem) => `  ${problem}`)
    const more = problems.length - shown.length
    throw new GapwiseError(
      'contender',
      'VERIFY_FAILED',
      `${contender.id} breaks the contract ${when} the measurement, so it is not measured:\n${shown.join('\n')}${more > 0 ? `\n  and ${more} more` : ''}`,
    )
  }
  for (let first = 0; first < stands.length; first += askedAtOnce)
    await Promise.all(stands.slice(first, first + askedAtOnce).map(inspectOne))
}

/** The whole contract of every contender, in processes and databases that are not measured afterwards. */
export async function inspectWhole(parts: RunParts, tell: (doing: string) => void): Promise<void> {
  await using places = new AsyncDisposableStack()
  await using servers = new AsyncDisposableStack()
  const ids = parts.contenders.map(({ id }) => id)
  const stands = await startAll(parts, ids, { places, servers }, tell)
  if (parts.signal.aborted) return
  tell('checking the contract')
  await inspect(parts, stands, { when: 'before', endpoints: undefined })
}
