/** Reads the last lines of a log file without reading all of it. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const mostBytes = 64 * 1024

/** The last `lines` lines of a file (of its last 64 kB); empty when there is no such file. */
export const logTail = (file: string, lines = 20): string => {
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch {
    return '' // a log that was removed has nothing to tell
  }
  try {
    const { size } = fstatSync(fd)
    const bytes = Buffer.alloc(Math.min(size, mostBytes))
    readSync(fd, bytes, 0, bytes.length, size - bytes.length)
    return bytes.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } finally {
    closeSync(fd)
  }
}
