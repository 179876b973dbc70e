/** The operating points of a run, in the order in which they are told. */
import { type Point, pointOf } from '../point.ts'
import type { Design } from '../results.ts'

/** Closed loops as they were asked for, then fixed rates. */
export const pointsOf = ({
  connections,
  paced = [],
}: Pick<Design, 'connections' | 'paced'>): Point[] => [
  ...connections.map((count) => ({ connections: count })),
  ...paced.map(pointOf),
]
