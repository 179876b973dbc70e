/** What the bench and its generator process say to each other. */
import type { Failure } from '../../../src/errors.ts'
import type { PacedOrder, PacedReading, WindowOrder, WindowReading } from '../../engine.ts'

/** To the generator. `open` comes once and first; one `window` or `paced` at a time. */
export type Command =
  | {
      readonly type: 'open'
      readonly arms: readonly { readonly id: string; readonly url: string }[]
      readonly seed: number
      /** It is in a session of its own, and lets all other processes go first. */
      readonly givesWay: boolean
    }
  | { readonly type: 'window'; readonly order: WindowOrder }
  | { readonly type: 'paced'; readonly order: PacedOrder }

/** From the generator: one for each command. */
export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'reading'; readonly reading: WindowReading }
  | { readonly type: 'paced-reading'; readonly reading: PacedReading }
  | {
      readonly type: 'failed'
      readonly failure: Failure
      readonly code: string
      readonly message: string
    }
