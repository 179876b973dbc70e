/** Which cores contenders and generator run on: stated in every result, because it decides what capacity means. */
import { readFileSync } from 'node:fs'

/** Cores by number; undefined means wherever the system puts it. */
export interface CoreBudget {
  readonly contender: readonly number[] | undefined
  readonly generator: readonly number[] | undefined
  /** For the result file and the report. */
  readonly words: string
}

/** Who shares the cores. */
export interface Sharers {
  /** A contender serves from several processes. */
  readonly clustered: boolean
  /** A server was started elsewhere. */
  readonly elsewhere: boolean
  /** The generator runs only when nobody else would (`OpenOptions`). */
  readonly givesWay?: boolean
}

/** Expands a list as the kernel writes it: `0-2,5` is 0, 1, 2, 5. */
export function parseCoreList(list: string): number[] {
  return list
    .trim()
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
    })
}

/** The cores that this process may use (a container or taskset may have taken some); empty where it cannot be told. */
export function allowedCores(): number[] {
  if (process.platform !== 'linux') return []
  const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return list === undefined ? [] : parseCoreList(list)
}

const cores = (numbers: readonly number[]): string =>
  `${numbers.length === 1 ? 'core' : 'cores'} ${numbers.join(', ')}`

/**
 * Contenders are driven one at a time, so each may have the same cores while the generator keeps others:
 * left to itself the kernel wakes a server on the generator's core, and the two then share one core while
 * another idles, for seconds at a time.
 * @param requested cores for each contender; when undefined one, or all where a contender has several processes
 * @param allowed cores that may be used at all
 */
export function planCores(
  requested: number | undefined,
  allowed: readonly number[],
  { clustered, elsewhere, givesWay = false }: Sharers,
): CoreBudget {
  const manners = givesWay ? '; the generator lets all others go first' : ''
  const count = requested ?? (clustered ? allowed.length : 1)
  const contender = allowed.slice(0, count)
  const generator = allowed.slice(count)
  if (contender.length === 0 || generator.length === 0) {
    return {
      contender: undefined,
      generator: undefined,
      words: `whole machine: contender, PostgreSQL, downstream services and generator share all ${allowed.length === 0 ? '' : `${allowed.length} `}cores${manners}`,
    }
  }
  return {
    contender,
    generator,
    words:
      `each contender on ${cores(contender)}, the generator and the downstream services on ${cores(generator)}, PostgreSQL on all ${allowed.length}` +
      (elsewhere ? '; a server given by URL stays on the cores that it was started on' : '') +
      manners,
  }
}
