/** What a contender needs besides time: each block's value, and its mean, or its ratio to another contender. */
import type { FootprintKind, FootprintQuantity, Found, MeasuredRuns } from '../quantity.ts'
import { byBlock, ratioOf, type Seen } from '../result/footprint.ts'
import type { Footprint, FootprintStand, Result } from '../results.ts'
import { estimateMean } from '../stats/interval.ts'
import { resultOf } from './published.ts'
import { notesOf } from './ratio.ts'

/** The claim's number of connections; a stand opens fewer, and what each adds is known from them. */
export const manyConnections = 10_000

type Idle = NonNullable<FootprintStand['idle']>

const eachAdds = ({ withBytes, withoutBytes, connections }: Idle): number =>
  (withBytes - withoutBytes) / connections

const ofIdle: Partial<Record<FootprintKind, (idle: Idle) => number>> = {
  memoryAtRest: ({ withoutBytes }) => withoutBytes,
  memoryConnected: (idle) => idle.withoutBytes + manyConnections * eachAdds(idle),
  idleConnection: eachAdds,
}

/** Of all contenders, by block. */
const seenOf = ({ starts, stands }: Footprint, measure: FootprintKind): Seen[] => {
  const fromIdle = ofIdle[measure]
  if (fromIdle !== undefined)
    return stands.map(({ block, contender, idle }) => ({
      block,
      contender,
      value: idle && fromIdle(idle),
    }))
  return starts.map(({ block, contender, readyMs, memoryBytes }) => ({
    block,
    contender,
    value: measure === 'startTime' ? readyMs : memoryBytes,
  }))
}

/** Values by block; what is on disk is counted once for a run. */
const valuesOf = (
  footprint: Footprint,
  measure: FootprintKind,
  wanted: string,
): Map<number, number> => {
  if (measure !== 'install')
    return byBlock(seenOf(footprint, measure).filter(({ contender }) => contender === wanted))
  const bytes = footprint.installs.find(({ contender }) => contender === wanted)?.bytes
  return new Map(bytes === undefined ? [] : [[0, bytes]])
}

/** A count has no interval to be wrong by. */
const exact = (value: number) => ({ value, low: value, high: value })

const estimate = (values: readonly number[], { design }: Result) => {
  const { mean, low, high } = estimateMean(values, design.confidence)
  return {
    value: mean,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  }
}

export const measureFootprint = (quantity: FootprintQuantity, measured: MeasuredRuns): Found => {
  const found = resultOf(quantity.run, measured)
  if ('notMeasured' in found) return found
  const { result } = found
  const { measure, contender, base } = quantity
  const none = (who: string): Found => ({ notMeasured: `the run does not know it of ${who}` })
  if (result.footprint === undefined) return none('anybody')
  const own = valuesOf(result.footprint, measure, contender)
  if (own.size === 0) return none(contender)
  const notes = notesOf(result, [])
  if (base === undefined) {
    const values = [...own.values()]
    const figure = measure === 'install' ? exact(values[0]!) : estimate(values, result)
    return { figure: { ...figure, notes } }
  }
  const ratio = ratioOf(own, valuesOf(result.footprint, measure, base), result.design.confidence)
  if (ratio === undefined) return none(base)
  return { figure: { ...(measure === 'install' ? exact(ratio.value) : ratio), notes } }
}
