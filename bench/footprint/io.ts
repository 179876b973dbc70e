/** Calls of the read and write family of a process tree, as /proc/PID/io counts them. */
import { readFileSync } from 'node:fs'

/** Counts so far, or between two readings. */
export interface IoCounts {
  /** `read`, `readv`, `pread` and the like, on sockets too; not `recv`, `recvmsg` or `io_uring`. */
  readonly readCalls: number
  /** `write`, `writev` and the like; not `send` or `sendmsg`. */
  readonly writeCalls: number
  /** What the write calls were given. */
  readonly writtenBytes: number
}

const field = (text: string, name: string): number =>
  Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1])

/** The text of /proc/PID/io (proc_pid_io(5)): all threads of a process, ended ones and waited-for children included. */
export const parseIo = (text: string): IoCounts | undefined => {
  const counts = {
    readCalls: field(text, 'syscr'),
    writeCalls: field(text, 'syscw'),
    writtenBytes: field(text, 'wchar'),
  }
  return Object.values(counts).some(Number.isNaN) ? undefined : counts
}

/** Sum over processes; undefined where one cannot be read. */
const readIo = (pids: readonly number[]): IoCounts | undefined => {
  let sum: IoCounts = { readCalls: 0, writeCalls: 0, writtenBytes: 0 }
  try {
    for (const pid of pids) {
      const counts = parseIo(readFileSync(`/proc/${pid}/io`, 'utf8'))
      if (counts === undefined) return undefined
      sum = {
        readCalls: sum.readCalls + counts.readCalls,
        writeCalls: sum.writeCalls + counts.writeCalls,
        writtenBytes: sum.writtenBytes + counts.writtenBytes,
      }
    }
  } catch {
    return undefined // no Linux, another user's process, or one that has ended
  }
  return pids.length === 0 ? undefined : sum
}

/** Begins to count. @returns what was counted since; undefined where it is not known */
export const openIo = (pids: readonly number[]): (() => IoCounts | undefined) => {
  const before = readIo(pids)
  if (before === undefined) return () => undefined
  return () => {
    const after = readIo(pids)
    return after === undefined
      ? undefined
      : {
          readCalls: after.readCalls - before.readCalls,
          writeCalls: after.writeCalls - before.writeCalls,
          writtenBytes: after.writtenBytes - before.writtenBytes,
        }
  }
}
