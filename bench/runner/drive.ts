/** Drives one arm of a cell for one window, in a closed loop or at the cell's rate. */
import type { Load, PacedOrder, PacedReading, WindowOrder, WindowReading } from '../engine.ts'
import type { CellPlan } from '../plan.ts'
import type { Window } from '../results.ts'

/** What an engine's reading becomes in a window's record. */
export type Reading = Pick<
  Window,
  'requests' | 'errors' | 'firstError' | 'elapsedNs' | 'generatorCpuNs' | 'paced'
>

/**
 * Right answers of an arm, of warming up and settling too: its database has seen them all; and what the generator
 * took for them.
 */
export type OnAnswers = (
  arm: string,
  answers: { readonly requests: number; readonly generatorCpuNs: number },
) => void

/** How one arm of a cell is driven. */
export interface Drive {
  /** A slice of warm-up, in a closed loop whatever the cell. */
  warmUp(arm: string, durationMs: number): Promise<WindowReading>
  /** What comes right before a counted window and is not counted; nothing in a closed cell. */
  settle(arm: string): Promise<void>
  /** The counted window. */
  window(arm: string): Promise<Reading>
}

const pacedRecord = (reading: PacedReading, windowMs: number): Reading => {
  const { requests, errors, firstError, elapsedNs, generatorCpuNs } = reading
  const { planned, dropped, late, lateAlthoughIdle, latency, service, lag } = reading
  return {
    requests,
    errors: { ...errors },
    ...(firstError === undefined ? {} : { firstError }),
    elapsedNs,
    generatorCpuNs,
    paced: {
      planned,
      sentInTime: Math.round((reading.sentPerSecond * windowMs) / 1_000),
      dropped,
      late,
      lateAlthoughIdle,
      latency: { ...latency, pairs: [...latency.pairs] },
      service: { ...service, pairs: [...service.pairs] },
      lag: { ...lag, pairs: [...lag.pairs] },
    },
  }
}

/** @param windowMs of closed windows; those at a rate have their own */
export function driveOf(
  load: Load,
  { workload, connections, warmup, minRequests, pace }: CellPlan,
  windowMs: number,
  onAnswers: OnAnswers,
): Drive {
  const closed = async (
    arm: string,
    durationMs: number,
    inFlight: number,
  ): Promise<WindowReading> => {
    const order: WindowOrder = { arm, workload, connections: inFlight, durationMs, minRequests }
    const reading = await load.window(order)
    onAnswers(arm, reading)
    return reading
  }
  const warmUp: Drive['warmUp'] = (arm, durationMs) => closed(arm, durationMs, warmup.connections)
  if (pace === undefined)
    return {
      warmUp,
      settle: async () => {},
      window: (arm) => closed(arm, windowMs, connections),
    }

  const paced = async (arm: string, durationMs: number): Promise<PacedReading> => {
    const { ratePerSecond } = pace
    const order: PacedOrder = { arm, workload, connections, ratePerSecond, durationMs }
    // The plan has rates only for engines that pace (measure-ready.ts).
    if (load.paced === undefined) throw new Error('the engine cannot send at a fixed rate')
    const reading = await load.paced(order)
    onAnswers(arm, reading)
    return reading
  }
  return {
    warmUp,
    settle: async (arm) => {
      await paced(arm, pace.settleMs)
    },
    window: async (arm) => pacedRecord(await paced(arm, pace.windowMs), pace.windowMs),
  }
}
