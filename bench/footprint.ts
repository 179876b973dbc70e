/**
 * The footprint stands of a block: what a contender needs besides time, in fresh processes that are measured for nothing
 * else. Members live in footprint/.
 */
import { GapwiseError } from '../src/errors.ts'
import type { Contender, Running } from './contender.ts'
import type { Engine, Load } from './engine.ts'
import { openCollector, type Collector } from './footprint/collector.ts'
import { type Idle, measureIdle } from './footprint/idle.ts'
import { readMemory } from './footprint/memory.ts'
import type { Place } from './place.ts'
import type { FootprintStand } from './results.ts'

/** How a stand is driven. */
export const standRules = {
  /** Before collections are counted, then while they are. */
  warmUpMs: 1_000,
  countedMs: 1_500,
  connections: 32,
} as const

/** What stands are made with. */
export interface StandParts {
  readonly engine: Engine
  readonly seed: number
  readonly generatorCores?: readonly number[]
  /** A private folder of this command. */
  readonly dir: string
  openPlace(contender: Contender): Promise<Place>
}

/** Whose stand, and what it is driven with. */
export interface StandOrder {
  readonly block: number
  readonly contender: Contender
  readonly workload: string
}

type Garbage = Pick<FootprintStand, 'garbage'> | { readonly unknown: string }

const runsNode = ({ versions }: Contender): boolean => versions['node'] !== undefined

const withLoad = async <T>(
  { engine, seed, generatorCores }: StandParts,
  { contender: { id } }: StandOrder,
  { url }: Running,
  work: (load: Load) => Promise<T>,
): Promise<T> => {
  const options = generatorCores === undefined ? {} : { cores: generatorCores }
  await using load = await engine.open([{ id, url }], seed, options)
  return await work(load)
}

/** Drives a server, counting its collections, then makes it collect its garbage. */
const garbageOf = async (
  parts: StandParts,
  order: StandOrder,
  server: Running,
  collector: Collector,
): Promise<Garbage> => {
  const { warmUpMs, countedMs, connections } = standRules
  const { workload, contender } = order
  const drive = (load: Load, durationMs: number) =>
    load.window({ arm: contender.id, workload, connections, durationMs, minRequests: 0 })
  const counted = await withLoad(parts, order, server, async (load) => {
    await drive(load, warmUpMs)
    const before = await collector.ask('count')
    const { requests, errors } = await drive(load, countedMs)
    const failed = Object.values(errors).reduce((sum, each) => sum + each, 0)
    return { before, requests, failed, after: await collector.ask('count') }
  })
  const { before, after, requests, failed } = counted
  if (failed > 0) return { unknown: `${failed} answers failed` }
  const collected = await collector.ask('collect')
  if (before === undefined || after === undefined || collected === undefined)
    return { unknown: 'its processes did not answer the observer that NODE_OPTIONS loads' }
  if (before.processes !== after.processes) return { unknown: 'its processes came and went' }
  const memory = readMemory(server.processes?.() ?? [])
  return {
    garbage: {
      requests,
      collections: after.collections - before.collections,
      collectingNs: after.collectingNs - before.collectingNs,
      heapBytes: collected.heapBytes,
      ...(memory === undefined ? {} : { memoryBytes: memory.bytes }),
    },
  }
}

/** A stand for Node's own account of its heap; other programs have none that could be set beside it. */
async function standOfGarbage(parts: StandParts, order: StandOrder): Promise<Garbage> {
  const { contender } = order
  if (!runsNode(contender)) return { unknown: 'it does not run on Node, whose heap alone is asked' }
  await using collector = await openCollector(parts.dir)
  await using place = await parts.openPlace(contender)
  const preload = (nodeOptions: string | undefined) => collector.environment(nodeOptions)
  let server: Running
  try {
    server = await contender.start({ ...place.site, preload })
  } catch (error) {
    // It starts without: the trials of this block have shown that.
    if (!(error instanceof GapwiseError) || error.failure !== 'contender') throw error
    return { unknown: 'it does not start with the observer that NODE_OPTIONS loads' }
  }
  await using running = server
  return await garbageOf(parts, order, running, collector)
}

/** Small answers that need nothing but the server; where it offers none, the first thing that it does. */
const idlePath = ({ endpoints }: Contender): string =>
  `/${['plaintext', 'json'].find((name) => endpoints.includes(name)) ?? endpoints[0] ?? ''}`

async function standOfIdle(parts: StandParts, { contender }: StandOrder): Promise<Idle> {
  await using place = await parts.openPlace(contender)
  await using server = await contender.start(place.site)
  return await measureIdle(server.url, idlePath(contender), () => server.processes?.() ?? [])
}

/**
 * Both stands of one contender, one after the other.
 * @throws GapwiseError as `Contender.start` and `openPlace` do
 */
export async function measureStand(parts: StandParts, order: StandOrder): Promise<FootprintStand> {
  const { block, workload, contender } = order
  const scope = { block, workload, contender: contender.id }
  if (!contender.fresh) {
    const elsewhere = 'it was started before the bench'
    return { ...scope, unknown: { garbage: elsewhere, idle: elsewhere } }
  }
  const { unknown: noGarbage, ...garbage } = {
    unknown: undefined,
    ...(await standOfGarbage(parts, order)),
  }
  const { unknown: noIdle, ...idle } = { unknown: undefined, ...(await standOfIdle(parts, order)) }
  return {
    ...scope,
    ...garbage,
    ...idle,
    unknown: {
      ...(noGarbage === undefined ? {} : { garbage: noGarbage }),
      ...(noIdle === undefined ? {} : { idle: noIdle }),
    },
  }
}
