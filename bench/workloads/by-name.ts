/** The workloads by name: the folder is the list. */
import { GapwiseError } from '../../src/errors.ts'
import { memberNames } from '../../src/registry.ts'
import { suggest } from '../../src/suggest.ts'
import type { Workload } from '../workload.ts'

const folder = new URL('./', import.meta.url)

/** Every workload's name, sorted. */
export const workloadNames = (): string[] =>
  memberNames(folder).filter((name) => name !== 'by-name')

/**
 * Loads a workload.
 * @throws GapwiseError `usage` UNKNOWN_WORKLOAD
 */
export async function loadWorkload(name: string): Promise<Workload> {
  if (!workloadNames().includes(name))
    throw new GapwiseError(
      'usage',
      'UNKNOWN_WORKLOAD',
      `There is no workload "${name}". ${suggest(name, workloadNames())}`,
    )
  const module: { workload: Workload } = await import(new URL(`${name}.ts`, folder).href)
  return module.workload
}
