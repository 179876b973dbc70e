/** Looks for what earlier runs left, and for runs that go on now. */
import { judged, type Finding } from '../doctor.ts'
import type { RecordedRun, RecordedRuns } from '../supervisor/leftovers.ts'

const several = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`

const lineOf = ({ command, runId, processes, paths }: RecordedRun): string =>
  `"${command}" (${runId}): ${several(processes, 'process', 'processes')}, ${several(paths.length, 'path', 'paths')}`

/** @param runs what the run records tell, after reaping where that was asked for */
export const judgeLeftovers = ({ left, running }: RecordedRuns): Finding[] => [
  judged(
    'leftovers',
    'earlier runs',
    left.length === 0 ? 'nothing left' : left.map(lineOf).join('; '),
    left.length === 0
      ? undefined
      : {
          state: 'note',
          cure: 'They were killed before they could clear up: gapwise doctor --reap ends what their records name (the next bench does so too).',
        },
  ),
  judged(
    'leftovers',
    'running now',
    running.length === 0 ? 'none' : running.map(lineOf).join('; '),
    running.length === 0
      ? undefined
      : {
          state: 'note',
          cure: 'Another gapwise runs on this machine: two measurements at once disturb each other, so wait until it has ended.',
        },
  ),
]
