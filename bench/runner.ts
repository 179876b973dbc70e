/** The one loop that measures: blocks of fresh processes and databases, verified, warmed, then driven in mirrored rounds. */
import { GapwiseError } from '../src/errors.ts'
import type { Contender, Running } from './contender.ts'
import type { Place } from './place.ts'
import { mayStartBlock, type Block } from './plan.ts'
import type { Window } from './results.ts'
import { measureCell } from './runner/cell.ts'
import type { RunParts } from './runner/parts.ts'
import { assertTruth, type Finding, findingsOf } from './truth.ts'

/** How a run ended. */
export interface RunEnd {
  readonly blocksDone: number
  /** The user stopped it. Running out of time is no interruption: what was planned by then is whole. */
  readonly interrupted: boolean
}

/** A contender that is up, in its place. */
interface Stand {
  readonly contender: Contender
  readonly place: Place
  readonly server: Running
}

/** Right answers by contender and workload, warm-up included. */
type Tally = ReadonlyMap<string, Map<string, number>>

const mostProblemsShown = 8

/**
 * The whole contract where the contenders stand for the first time: the program stays the same after that. What
 * can change is its state, so from then on the endpoints that are measured are asked for what they do.
 */
async function verifyContract(
  parts: RunParts,
  stands: readonly Stand[],
  when: 'before' | 'after',
  whole: boolean,
): Promise<void> {
  const measured = new Set(parts.workloads.flatMap(({ endpoints }) => endpoints))
  await Promise.all(
    stands.map(async ({ contender, place: { databaseUrl, site }, server }) => {
      await server.verifyIdentity()
      const endpoints = contender.endpoints.filter((name) => whole || measured.has(name))
      // What a server elsewhere has in its database is not known.
      const problems = await parts.verify(server.url, endpoints, {
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
    }),
  )
}

/** Brings every contender of a block up; those that are, when it was interrupted. */
async function startAll(
  parts: RunParts,
  block: Block,
  places: AsyncDisposableStack,
  servers: AsyncDisposableStack,
  tell: (doing: string) => void,
): Promise<Stand[]> {
  const stands: Stand[] = []
  for (const id of block.startOrder) {
    const contender = parts.contenders.find((each) => each.id === id)
    if (contender === undefined) throw new Error(`the plan names "${id}", which is no contender`)
    if (parts.signal.aborted) return stands
    tell(`starting ${id}`)
    const place = places.use(await parts.openPlace(contender))
    stands.push({ contender, place, server: servers.use(await contender.start(place.site)) })
  }
  return stands
}

/** Drives the cells of a block, between two looks at the contract; undefined when it was interrupted. */
async function drive(
  parts: RunParts,
  block: Block,
  stands: readonly Stand[],
  tally: Tally,
  startedMs: number,
  tell: (doing: string) => void,
): Promise<Window[] | undefined> {
  const { engine, plan, signal, generatorCores } = parts
  if (signal.aborted) return undefined
  tell('checking the contract')
  await verifyContract(parts, stands, 'before', block.index === 0)

  await using load = await engine.open(
    stands.map(({ contender: { id }, server: { url } }) => ({ id, url })),
    plan.seed,
    generatorCores === undefined ? {} : { cores: generatorCores },
  )
  const running = new Map(stands.map(({ contender: { id }, server }) => [id, server]))
  const windows: Window[] = []
  for (const cell of block.cells) {
    if (signal.aborted) return undefined
    tell(`${cell.workload} at ${cell.connections} connections`)
    const work = { block: block.index, cell, running, load, startedMs }
    windows.push(
      ...(await measureCell(parts, {
        ...work,
        onReading: (arm, workload, { requests }) => {
          const own = tally.get(arm)
          own?.set(workload, (own.get(workload) ?? 0) + requests)
        },
      })),
    )
  }
  if (signal.aborted) return undefined
  tell('checking the contract again')
  await verifyContract(parts, stands, 'after', false)
  return windows
}

/** Compares answers with what the databases counted; their servers have been stopped. */
async function compareWithDatabases(
  { workloads }: RunParts,
  stands: readonly Stand[],
  tally: Tally,
): Promise<Finding[]> {
  const findings = await Promise.all(
    stands.map(async ({ contender: { id }, place }) => {
      const answered = tally.get(id) ?? new Map<string, number>()
      const owes = workloads.some(({ name, truth }) => truth !== undefined && answered.has(name))
      const counters = owes ? await place.counters() : undefined
      return counters === undefined ? [] : findingsOf(id, answered, workloads, counters)
    }),
  )
  assertTruth(findings.flat())
  return findings.flat()
}

/** Runs one block; nothing of it is kept when it was interrupted, because half a block is no unit of evidence. */
async function runBlock(
  parts: RunParts,
  block: Block,
  startedMs: number,
): Promise<{ windows: Window[]; findings: Finding[] } | undefined> {
  const tell = (doing: string): void =>
    parts.onMoment({ block: block.index, doing, elapsedMs: parts.now() - startedMs })
  const tally: Tally = new Map(parts.contenders.map(({ id }) => [id, new Map<string, number>()]))
  await using places = new AsyncDisposableStack()
  let stands: readonly Stand[] = []
  let windows: Window[] | undefined
  {
    await using servers = new AsyncDisposableStack()
    stands = await startAll(parts, block, places, servers, tell)
    windows = await drive(parts, block, stands, tally, startedMs, tell)
  }
  if (windows === undefined || parts.signal.aborted) return undefined
  tell('asking the databases')
  return { windows, findings: await compareWithDatabases(parts, stands, tally) }
}

/**
 * Runs the plan block by block and records each as it ends.
 * @throws GapwiseError contender when one does not start, is not the one meant, breaks the contract, or answers with
 *   rows that its database was not asked for; blocks recorded before that stay
 */
export async function run(parts: RunParts): Promise<RunEnd> {
  const { plan, signal, now } = parts
  const startedMs = now()
  let blocksDone = 0
  let lastBlockMs = 0
  for (const block of plan.blocks) {
    const elapsedMs = now() - startedMs
    if (!mayStartBlock(plan, { blocksDone, elapsedMs, lastBlockMs })) break
    const outcome = await runBlock(parts, block, startedMs)
    if (outcome === undefined || signal.aborted) return { blocksDone, interrupted: true }
    await parts.record(outcome.windows, outcome.findings)
    blocksDone++
    lastBlockMs = now() - startedMs - elapsedMs
  }
  return { blocksDone, interrupted: false }
}
