/** The highest rate that each contender holds within the limits of a run: every search is gone through again from its probes. */
import type { LatencyLimit } from '../plan/study.ts'
import type { Limit, Probe, Raw } from '../results.ts'
import { estimateMean, exponentiate } from '../stats/interval.ts'
import { rateSearch, type SearchEnd } from '../stats/rate-search.ts'
import { judgeProbe } from './probe.ts'

type InBlock = Limit['blocks'][number]

/**
 * What a search came to.
 * @throws RangeError when the probes are not those that the search would ask for
 */
export const replay = (
  capacityPerSecond: number,
  probes: readonly Probe[],
  limits: readonly LatencyLimit[],
): SearchEnd => {
  const steps = rateSearch(capacityPerSecond)
  let next = steps.next()
  for (const probe of probes.toSorted((one, other) => one.step - other.step)) {
    if (next.done === true || Math.abs(probe.ratePerSecond / next.value - 1) > 1e-9)
      throw new RangeError(
        `Expected ${next.done === true ? 'no further probe' : `a probe at ${next.value} requests/s`}, found one at ${probe.ratePerSecond}`,
      )
    next = steps.next(judgeProbe(probe, limits))
  }
  if (next.done !== true)
    throw new RangeError(`Expected a probe at ${next.value} requests/s, found none`)
  return next.value
}

const inBlocks = (
  { capacities = [], probes = [] }: Raw,
  limits: readonly LatencyLimit[],
  workload: string,
  contender: string,
): InBlock[] => {
  const isMine = (row: { readonly workload: string; readonly contender: string }): boolean =>
    row.workload === workload && row.contender === contender
  const byBlock = Map.groupBy(probes.filter(isMine), ({ block }) => block)
  return capacities.filter(isMine).flatMap(({ block, perSecond }) => {
    const own = byBlock.get(block)
    if (own === undefined) return []
    const end = replay(perSecond, own, limits)
    return [{ block, capacityPerSecond: perSecond, ...end, probes: own.length }]
  })
}

const logs = (blocks: readonly InBlock[]): Map<number, number> =>
  new Map(
    blocks.flatMap(({ block, ratePerSecond }) =>
      ratePerSecond === undefined ? [] : [[block, Math.log(ratePerSecond)] as const],
    ),
  )

/** A ratio is over the blocks in which both found a rate; intervals are Student t over blocks, on logarithms. */
const limitOf = (
  contender: string,
  blocks: InBlock[],
  base: { readonly contender: string; readonly blocks: readonly InBlock[] },
  confidence: number,
): Omit<Limit, 'workload'> => {
  const own = logs(blocks)
  const theirs = logs(base.blocks)
  const paired = [...own].flatMap(([block, log]) => {
    const baseLog = theirs.get(block)
    return baseLog === undefined ? [] : [log - baseLog]
  })
  const over = (values: readonly number[]) => exponentiate(estimateMean(values, confidence))
  const { value: ratePerSecond, ...ends } =
    own.size === 0 ? { value: undefined } : over([...own.values()])
  return {
    contender,
    ...(ratePerSecond === undefined ? {} : { ratePerSecond, ...ends }),
    ...(contender === base.contender || paired.length === 0
      ? {}
      : { ratio: { base: base.contender, ...over(paired), blocks: paired.length } }),
    blocks,
  }
}

/** In the order of the design and of the contenders; undefined for a run that was asked something else. */
export const limitsOf = (raw: Raw): Limit[] | undefined => {
  const { study, confidence, workloads } = raw.design
  if (study?.kind !== 'slo') return undefined
  const baseId = raw.contenders[0]?.id ?? ''
  return workloads.flatMap(({ name }) => {
    const base = { contender: baseId, blocks: inBlocks(raw, study.limits, name, baseId) }
    return raw.contenders.flatMap(({ id }) => {
      const blocks = id === baseId ? base.blocks : inBlocks(raw, study.limits, name, id)
      if (blocks.length === 0) return []
      return [{ workload: name, ...limitOf(id, [...blocks], base, confidence) }]
    })
  })
}
