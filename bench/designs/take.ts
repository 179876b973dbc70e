/** Takes one design's windows of a pair that is up and warm. */
import { GapwiseError } from '../../src/errors.ts'
import type { Load, WindowOrder, WindowReading } from '../engine.ts'
import type { Series } from './document.ts'
import type { Pair, Stretch } from './plan.ts'

/** What takes windows of a pair. */
export interface PairDriver {
  readonly pair: Pair
  /** One generator with connections to both arms. */
  readonly load: Load
  /** A generator for one arm alone, so that both arms can be driven in one window. */
  openAlone(arm: string): Promise<Load>
  readonly order: Pick<WindowOrder, 'workload' | 'connections' | 'minRequests' | 'fill'>
  /** CPU time of an arm's own processes so far, in nanoseconds. */
  cpuNs(arm: string): number
  /** Of the database; undefined where the workload does not reach it. */
  readonly databaseCpuNs: (() => number) | undefined
  readonly signal: AbortSignal
}

const emptySeries = (): Series => ({ requests: [], elapsedUs: [], cpuUs: [], generatorCpuUs: [] })

const failed = (arm: string, { errors, firstError }: WindowReading): void => {
  const count = errors.status + errors.body + errors.socket + errors.timeout
  if (count === 0) return
  throw new GapwiseError(
    'contender',
    'CELL_ERRORS',
    `${arm} gave ${count} wrong answers in one window (the first: ${firstError ?? 'not told'}), so designs cannot be compared on it: mend it, or leave it out.`,
  )
}

/**
 * Takes the windows of one stretch.
 * @returns undefined when it was interrupted
 * @throws GapwiseError `contender` CELL_ERRORS
 */
export async function takeStretch(
  driver: PairDriver,
  { design, baseFirst }: Stretch,
): Promise<{ readonly base: Series; readonly contender: Series } | undefined> {
  const [base, contender] = driver.pair
  const series = new Map([
    [base, emptySeries()],
    [contender, emptySeries()],
  ])

  const drive = async (load: Load, arm: string, durationMs: number): Promise<WindowReading> => {
    const reading = await load.window({ ...driver.order, arm, durationMs })
    failed(arm, reading)
    return reading
  }
  const window = async (load: Load, arm: string): Promise<void> => {
    if (design.settleMs > 0) await drive(load, arm, design.settleMs)
    const databaseBefore = driver.databaseCpuNs?.()
    const before = driver.cpuNs(arm)
    const reading = await drive(load, arm, design.windowMs)
    const own = driver.cpuNs(arm) - before
    const into = series.get(arm) ?? emptySeries()
    into.requests.push(reading.requests)
    into.elapsedUs.push(Math.round(reading.elapsedNs / 1_000))
    into.cpuUs.push(Math.round(own / 1_000))
    into.generatorCpuUs.push(Math.round(reading.generatorCpuNs / 1_000))
    if (databaseBefore !== undefined) {
      into.databaseCpuUs ??= []
      into.databaseCpuUs.push(
        Math.round(((driver.databaseCpuNs?.() ?? 0) - databaseBefore) / 1_000),
      )
    }
  }

  if (design.atOnce) {
    await using ofBase = await driver.openAlone(base)
    await using ofContender = await driver.openAlone(contender)
    for (const _ of baseFirst) {
      if (driver.signal.aborted) return undefined
      await Promise.all([window(ofBase, base), window(ofContender, contender)])
    }
  } else {
    for (const isBaseFirst of baseFirst) {
      const [first, second] = isBaseFirst ? [base, contender] : [contender, base]
      for (const arm of [first, second, second, first]) {
        if (driver.signal.aborted) return undefined
        await window(driver.load, arm)
      }
    }
  }
  return { base: series.get(base)!, contender: series.get(contender)! }
}
