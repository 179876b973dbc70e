/** Whose CPU time was beside the contenders' own: the database's for others and for all, the downstream services' stub. */
import type { Result, Window } from '../results.ts'
import { microseconds, percent } from './units.ts'

const sum = (
  windows: readonly Window[],
  of: (window: Window) => number | null | undefined,
): number => windows.reduce((total, window) => total + (of(window) ?? 0), 0)

/** Windows of what the report shows. */
const shownWindows = ({ design, contenders, windows }: Result): Window[] => {
  const names = new Set(design.workloads.map(({ name }) => name))
  const ids = new Set(contenders.map(({ id }) => id))
  return windows.filter(({ workload, contender }) => names.has(workload) && ids.has(contender))
}

/** Undefined where the database's processes were not told apart: older files, servers elsewhere. */
export const databaseLine = (result: Result): string | undefined => {
  const known = shownWindows(result).filter(
    ({ databaseOthersCpuNs }) => databaseOthersCpuNs !== undefined,
  )
  const ownNs = sum(known, (window) => window.databaseCpuNs)
  const othersNs = sum(known, (window) => window.databaseOthersCpuNs)
  if (ownNs + othersNs <= 0) return undefined
  const sharedNs = sum(known, (window) => window.databaseSharedCpuNs)
  const share = (ns: number): string => {
    const text = percent(ns / (ownNs + othersNs))
    return ns > 0 && text === '0' ? 'less than 0.1 %' : `${text} %`
  }
  return (
    `of its CPU time in windows ${share(othersNs)} was that of other contenders' sessions (taken off), ` +
    `${share(sharedNs)} that of processes which work for all (counted, as one arm alone was driven)`
  )
}

/** Undefined where no workload asks the downstream services. */
export const upstreamLine = (result: Result): string | undefined => {
  const asking = shownWindows(result).filter(({ upstreamCpuNs }) => upstreamCpuNs !== undefined)
  const costs = [...Map.groupBy(asking, ({ workload }) => workload)].map(([workload, windows]) => {
    const arms = result.contenders.flatMap(({ id }) => {
      const own = windows.filter(({ contender }) => contender === id)
      const requests = sum(own, (window) => window.requests)
      const cpuNs = sum(own, (window) => window.upstreamCpuNs)
      return requests > 0 ? [`${id} ${microseconds(cpuNs / requests)}`] : []
    })
    return `${workload}: ${arms.join(', ')}`
  })
  return costs.length === 0
    ? undefined
    : `CPU µs/request of the downstream services' stub, which is no part of cost: ${costs.join('; ')}`
}
