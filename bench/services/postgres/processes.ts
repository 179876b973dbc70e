/** The processes of an embedded server that live, with whose work they do and the CPU time that it took so far. */
import { readFileSync } from 'node:fs'
import { processTable } from '../../supervisor/process-table.ts'

/** What a process of the server works for. */
export type WorksFor =
  /** Whoever is connected to a database. */
  | { readonly database: string }
  /** All: checkpointer, walwriter, background writer, I/O workers, launchers, autovacuum. */
  | 'all'
  /** Not known yet: a connection that is being made. */
  | 'starting'

export interface ServerProcess {
  readonly pid: number
  readonly worksFor: WorksFor
  /** Nanoseconds since its start. */
  readonly cpuNs: number
}

/**
 * Reads the title that PostgreSQL gives a process: `postgres: user database 127.0.0.1(5000) idle`, `[local]` for a
 * socket, or the name of a background process. Before it is given the process has the server's own command line.
 * Our users and databases have no spaces in their names.
 */
export const readTitle = (title: string): WorksFor => {
  const [, words] = /^postgres: (.*)$/s.exec(title.replaceAll('\0', ' ').trim()) ?? []
  if (words === undefined || words === '') return 'starting'
  const database = /^\S+ (\S+) (?:\[local\]|\S+\(\d+\))/.exec(words)?.[1]
  if (database !== undefined) return { database }
  return /^\S+ ?(?:\[local\]|\S+\(\d+\))/.test(words) ? 'starting' : 'all'
}

const childrenOf = (pid: number): number[] => {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return list.split(' ').filter(Boolean).map(Number)
  } catch {
    // Kernels may be built without that file.
    return [...processTable().values()].flatMap((each) => (each.parent === pid ? [each.pid] : []))
  }
}

/** The first field of schedstat: nanoseconds on a CPU; these processes have one thread each. */
const cpuOf = (pid: number): number | undefined => {
  try {
    return Number.parseInt(readFileSync(`/proc/${pid}/schedstat`, 'utf8'), 10)
  } catch {
    return undefined // it has ended
  }
}

const titleOf = (pid: number): WorksFor => {
  try {
    return readTitle(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return 'starting'
  }
}

/** @param postmaster the server's first process @returns reads all of its children that live */
export const openProcesses = (postmaster: number): (() => ServerProcess[]) => {
  let known = new Map<number, ServerProcess>()
  return () => {
    const found = childrenOf(postmaster).flatMap((pid): ServerProcess[] => {
      const cpuNs = cpuOf(pid)
      if (cpuNs === undefined) return []
      const before = known.get(pid)
      // A process that has used less than before is another one with its pid.
      const isSame = before !== undefined && before.cpuNs <= cpuNs && before.worksFor !== 'starting'
      return [{ pid, cpuNs, worksFor: isSame ? before.worksFor : titleOf(pid) }]
    })
    known = new Map(found.map((each) => [each.pid, each]))
    return found
  }
}
