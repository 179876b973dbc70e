/** The CpuMeter contract: CPU time of a whole process tree. Members live in cpu-meters/. */

/** Reads the CPU time that a set of processes has used, exited threads and children included. */
export interface CpuMeter {
  /** How it is read; kept in the result file because precision differs. */
  readonly source: 'cgroup-v1' | 'cgroup-v2' | 'schedstat'
  /** CPU time so far, user and system, in nanoseconds. Only differences mean anything. */
  readNs(): number
}
