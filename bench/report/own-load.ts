/** What contenders show at shares of their own capacity, in sentences: each with the load that it ran at. */
import { isSamePoint, pointName, rateWords } from '../point.ts'
import { pointsOf } from '../result/points.ts'
import type { Result } from '../results.ts'
import { valuesOf } from './layout.ts'
import { milliseconds } from './units.ts'

/** One sentence for each workload and share; none for other runs. */
export const ownLoadSentences = (result: Result): string[] =>
  result.design.workloads.flatMap(({ name }) =>
    pointsOf(result.design).flatMap((point) => {
      if (point.shareOfCapacity === undefined) return []
      const told = result.contenders.flatMap(({ id }) => {
        const value = valuesOf(
          result.summaries.filter(
            (row) => row.workload === name && row.contender === id && isSamePoint(row.point, point),
          ),
        )
        const rate = value('achievedRate')
        if (rate === undefined) return []
        const p50Us = value('latencyP50')
        const p99Us = value('latencyP99')
        const latency = [
          ...(p50Us === undefined ? [] : [`p50 ${milliseconds(p50Us)} ms`]),
          ...(p99Us === undefined ? [] : [`p99 ${milliseconds(p99Us)} ms`]),
        ].join(' and ')
        return [`${id} has ${latency || 'no latency'} at ${rateWords(rate)}`]
      })
      if (told.length === 0) return []
      return [`At ${pointName(point)} on ${name} ${told.join('; ')}: each at a load of its own.`]
    }),
  )
