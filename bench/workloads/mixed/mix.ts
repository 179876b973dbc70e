/** A mix: several workloads interleaved in one stream, in proportion to their weights. */
import { GapwiseError } from '../../../src/errors.ts'
import { suggest } from '../../../src/suggest.ts'
import { createRandom } from '../../stats/random.ts'
import type { DatabaseTruth, Step, Workload } from '../../workload.ts'
import { readMixFile } from './mix-file.ts'

/** Streams that are longer are not walked to their end. */
const mostSteps = 65_536

/** What may stand in a mix, and how to load it. */
export interface Members {
  readonly names: readonly string[]
  load(name: string): Promise<Workload>
}

/** One workload of a mix. */
export interface Part {
  readonly weight: number
  /** Its own cycle; never empty. */
  readonly steps: readonly Step[]
}

/**
 * Interleaves streams: of every stretch as long as the sum of the weights each part has exactly its weight,
 * in shuffled order, so that the proportions also hold in a short window. Each part's own stream keeps its
 * order; the cycle is long enough for the longest of them.
 */
export function interleave(parts: readonly Part[], seed: number): Step[] {
  const random = createRandom(seed)
  const stretch = parts.flatMap(({ weight }, index) => Array<number>(weight).fill(index))
  const wanted = Math.max(...parts.map(({ weight, steps }) => Math.ceil(steps.length / weight)))
  const stretches = Math.max(1, Math.min(wanted, Math.floor(mostSteps / stretch.length)))
  const cursors = parts.map(() => 0)
  const mixed: Step[] = []
  for (let done = 0; done < stretches; done++) {
    for (const index of random.shuffle(stretch)) {
      const { steps } = parts[index]!
      const cursor = cursors[index]!
      mixed.push(steps[cursor]!)
      cursors[index] = (cursor + 1) % steps.length
    }
  }
  return mixed
}

interface Member {
  readonly weight: number
  readonly workload: Workload
}

const requestsOf = ({ weight, workload: { requestsPerStep = 1 } }: Member): number =>
  weight * requestsPerStep

/**
 * What the mix does to the database: what each member does, with the share that it has of all requests.
 * @param all requests of as many steps as the weights add up to
 */
function truthOf(members: readonly Member[], all: number): DatabaseTruth[] {
  return members.flatMap((member) =>
    (member.workload.truth ?? []).map((each) => ({
      ...each,
      share: (each.share ?? 1) * (requestsOf(member) / all),
    })),
  )
}

/**
 * Makes a workload of a mix's file.
 * @param name what it is called in results
 * @throws GapwiseError `usage` UNKNOWN_WORKLOAD, BAD_JSON or BAD_MIX
 */
export async function loadMix(file: string, name: string, members: Members): Promise<Workload> {
  const { description, weights } = readMixFile(file)
  const parts = await Promise.all(
    Object.entries(weights).map(async ([member, weight]) => {
      if (!members.names.includes(member))
        throw new GapwiseError(
          'usage',
          'UNKNOWN_WORKLOAD',
          `${file}: /weights/${member}: there is no workload "${member}" for a mix. ${suggest(member, members.names)}`,
        )
      return { weight, workload: await members.load(member) }
    }),
  )
  const workloads = parts.map(({ workload }) => workload)
  const steps = parts.reduce((sum, { weight }) => sum + weight, 0)
  const requests = parts.reduce((sum, part) => sum + requestsOf(part), 0)
  const truth = truthOf(parts, requests)
  return {
    name,
    summary: description,
    endpoints: [...new Set(workloads.flatMap(({ endpoints }) => endpoints))].toSorted(),
    bottleneck: workloads.some(({ bottleneck }) => bottleneck === 'database')
      ? 'database'
      : 'server',
    ...(workloads.some(({ writes }) => writes === true) ? { writes: true } : {}),
    ...(truth.length === 0 ? {} : { truth }),
    ...(requests === steps ? {} : { requestsPerStep: requests / steps }),
    steps: (seed) =>
      interleave(
        parts.map(({ weight, workload }) => ({ weight, steps: workload.steps(seed) })),
        seed,
      ),
  }
}
