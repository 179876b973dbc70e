/** What a server in a footprint stand and the bench say to each other. */

/** Names the socket on which the bench listens. */
export const socketVariable = 'GAPWISE_FOOTPRINT'

/** What a process answers, one line of JSON. */
export interface Told {
  readonly pid: number
  /** Since its start, without those that it was made to do. */
  readonly collections: number
  readonly collectingNs: number
  /** In use by its main thread. */
  readonly heapBytes: number
}
