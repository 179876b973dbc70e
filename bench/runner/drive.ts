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

/** Of a window at a rate. */
export type PacedWindow = Reading & Required<Pick<Reading, 'paced'>>

/** How one arm of a cell is driven. */
export interface Drive {
  /** In a closed loop whatever the cell: a slice of warm-up, or for the capacity. */
  warmUp(arm: string, durationMs: number): Promise<WindowReading>
  /** The counted window of a closed cell. */
  window(arm: string): Promise<Reading>
  /** What comes right before a counted window at a rate and is not counted. */
  settle(arm: string, pace: Pace): Promise<void>
  /** The counted window at a rate. */
  probe(arm: string, pace: Pace): Promise<PacedWindow>
}

/** How one window at a rate is driven. */
export interface Pace {
  readonly ratePerSecond: number
  readonly connections: number
  readonly settleMs: number
  readonly windowMs: number
}

const pacedRecord = (reading: PacedReading, windowMs: number): PacedWindow => {
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

/** @param windowMs of closed windows; those at a rate tell their own */
export function driveOf(
  load: Load,
  { workload, connections, warmup, minRequests, fill }: CellPlan,
  windowMs: number,
  onAnswers: OnAnswers,
): Drive {
  const closed = async (
    arm: string,
    durationMs: number,
    inFlight: number,
    more: Pick<WindowOrder, 'fill'> = {},
  ): Promise<WindowReading> => {
    const order: WindowOrder = {
      arm,
      workload,
      connections: inFlight,
      durationMs,
      minRequests,
      ...more,
    }
    const reading = await load.window(order)
    onAnswers(arm, reading)
    return reading
  }
  const send = async (
    arm: string,
    { ratePerSecond, connections: inFlight }: Pick<Pace, 'ratePerSecond' | 'connections'>,
    durationMs: number,
  ): Promise<PacedReading> => {
    const order: PacedOrder = { arm, workload, connections: inFlight, ratePerSecond, durationMs }
    // The plan has rates only for engines that pace (measure-ready.ts).
    if (load.paced === undefined) throw new Error('the engine cannot send at a fixed rate')
    const reading = await load.paced(order)
    onAnswers(arm, reading)
    return reading
  }
  return {
    warmUp: (arm, durationMs) => closed(arm, durationMs, warmup.connections),
    window: (arm) => closed(arm, windowMs, connections, { fill }),
    settle: async (arm, pace) => {
      await send(arm, pace, pace.settleMs)
    },
    probe: async (arm, pace) => pacedRecord(await send(arm, pace, pace.windowMs), pace.windowMs),
  }
}
