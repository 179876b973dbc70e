/** The workloads by name: the folder is the list, and a file of the user's is a mix. */
import { GapwiseError } from '../../src/errors.ts'
import { memberNames } from '../../src/registry.ts'
import { suggest } from '../../src/suggest.ts'
import type { Workload } from '../workload.ts'
import { isMixFile } from './mixed/mix-file.ts'
import { loadMix } from './mixed/mix.ts'

const folder = new URL('./', import.meta.url)

/** Every workload's name, sorted. */
export const workloadNames = (): string[] =>
  memberNames(folder).filter((name) => name !== 'by-name')

/** The names that may stand in a mix: all but the one that is a mix itself. */
export const mixMembers = (): string[] => workloadNames().filter((name) => name !== 'mixed')

/**
 * Loads a workload.
 * @param name of a workload, or the path of a mix's file: it then is the name in results, as given
 * @throws GapwiseError `usage` UNKNOWN_WORKLOAD, BAD_JSON or BAD_MIX
 */
export async function loadWorkload(name: string): Promise<Workload> {
  if (isMixFile(name)) return loadMix(name, name, { names: mixMembers(), load: loadWorkload })
  if (!workloadNames().includes(name))
    throw new GapwiseError(
      'usage',
      'UNKNOWN_WORKLOAD',
      `There is no workload "${name}". ${suggest(name, workloadNames())}`,
    )
  const module: { workload: Workload } = await import(new URL(`${name}.ts`, folder).href)
  return module.workload
}
