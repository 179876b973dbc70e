/** How many processes there are, and what each has of what they share. */
import { availableParallelism } from 'node:os'

/** Of all processes together. */
const mostConnections = 4

/** One per core that may be used; with one core there is only this one. */
export const processCount = availableParallelism()

export const connectionsOfEach = (processes: number): number =>
  Math.max(1, Math.floor(mostConnections / processes))
