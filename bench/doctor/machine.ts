/** Looks at the machine as it is made: cores, how CPU time is counted, clock governor, limits. */
import { judged, type Finding } from '../doctor.ts'

/** The machine as it was seen. */
export interface MachineFacts {
  /** Cores that this process may use. */
  readonly cores: number
  /** How the CPU time of a contender's processes can be counted. */
  readonly accounting: 'cgroup-v1' | 'cgroup-v2' | 'schedstat' | 'none'
  /** Undefined where the system does not tell, as in most virtual machines. */
  readonly governor: string | undefined
  readonly virtual: boolean | undefined
  /** Soft limit; undefined when there is none. */
  readonly openFilesLimit: number | undefined
}

/** The most connections that --connections takes, to a few contenders at once, and what a process has open besides. */
const leastOpenFiles = 4_096

const coresFinding = ({ cores }: MachineFacts): Finding =>
  judged(
    'machine',
    'cores',
    String(cores),
    cores >= 2
      ? undefined
      : {
          state: 'note',
          cure: 'Contender, database and generator share one core, so requests/s tell of all of them together; cost is still the contender’s own. Use a machine with two cores or more.',
        },
  )

const accountingFinding = ({ accounting }: MachineFacts): Finding => {
  const found = {
    'cgroup-v1': 'a cgroup for each contender (v1)',
    'cgroup-v2': 'a cgroup for each contender (v2)',
    schedstat: 'schedstat of each thread, and ticks of 10 ms for children that have ended',
    none: 'none',
  }[accounting]
  if (accounting === 'none')
    return judged('machine', 'CPU time', found, {
      state: 'note',
      cure: 'Without /proc there is no cost, only requests/s: measure on Linux.',
    })
  return judged(
    'machine',
    'CPU time',
    found,
    accounting === 'schedstat'
      ? {
          state: 'note',
          cure: 'Good enough for servers that keep their processes. For exact figures let this user make cgroups: systemd-run --user --scope -p Delegate=yes, or run as root.',
        }
      : undefined,
  )
}

const governorFinding = ({ governor, virtual }: MachineFacts): Finding =>
  judged(
    'machine',
    'governor',
    governor ?? `not told${virtual === true ? ' (virtual machine)' : ''}`,
    governor === undefined || governor === 'performance'
      ? undefined
      : {
          state: 'note',
          cure: 'The clock follows the load, which makes idle servers look dear: sudo cpupower frequency-set -g performance.',
        },
  )

const openFilesFinding = ({ openFilesLimit }: MachineFacts): Finding =>
  judged(
    'machine',
    'open files',
    openFilesLimit === undefined ? 'no limit' : String(openFilesLimit),
    openFilesLimit === undefined || openFilesLimit >= leastOpenFiles
      ? undefined
      : {
          state: 'note',
          cure: `Every connection is an open file on both sides: for hundreds of --connections raise it first, ulimit -n ${leastOpenFiles}.`,
        },
  )

/** Judges the machine. */
export const judgeMachine = (facts: MachineFacts): Finding[] => [
  coresFinding(facts),
  accountingFinding(facts),
  governorFinding(facts),
  openFilesFinding(facts),
]
