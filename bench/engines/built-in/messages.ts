/** What the bench and its generator process say to each other. */
import type { Failure } from '../../../src/errors.ts'
import type { WindowOrder, WindowReading } from '../../engine.ts'

/** To the generator. `open` comes once and first; one `window` at a time. */
export type Command =
  | {
      readonly type: 'open'
      readonly arms: readonly { readonly id: string; readonly url: string }[]
      readonly seed: number
    }
  | { readonly type: 'window'; readonly order: WindowOrder }

/** From the generator: one for each command. */
export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'reading'; readonly reading: WindowReading }
  | {
      readonly type: 'failed'
      readonly failure: Failure
      readonly code: string
      readonly message: string
    }
