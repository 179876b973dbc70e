/** Computing in worker threads, so that the loop stays free for other requests. */
import { Piscina } from 'piscina'
import type { Collatz, Compute } from '../compute.ts'

/** What the threads load and run. */
const file = new URL('../compute.ts', import.meta.url)
const name = 'longestCollatz'

/** @param threads of this process; they are started now and stay */
export function offloadedCompute(threads: number): Compute {
  const pool = new Piscina<number, Collatz>({
    filename: file.href,
    name,
    minThreads: threads,
    maxThreads: threads,
  })
  return {
    longestCollatz: (n) => pool.run(n),
    close: () => pool.close(),
  }
}
