/** Reads the published results of the pages' runs. */
import { fileURLToPath } from 'node:url'
import type { MeasuredRuns } from '../quantity.ts'
import { readResult } from '../result/read.ts'
import type { PageRunName } from './all.ts'

/** The name of each run's published file; undefined until it was measured. */
export type RunFiles = Readonly<Record<PageRunName, string | undefined>>

const folder = new URL('../results/published/', import.meta.url)

/**
 * Reads the files that there are.
 * @throws what readResult throws: a published file that cannot be trusted is a fault of the project
 */
export async function readPageRuns(files: RunFiles): Promise<MeasuredRuns> {
  const entries = await Promise.all(
    Object.entries(files).map(async ([run, file]) =>
      file === undefined
        ? []
        : [
            [
              run,
              {
                path: `bench/results/published/${file}`,
                result: await readResult(fileURLToPath(new URL(file, folder))),
              },
            ] as const,
          ],
    ),
  )
  return Object.fromEntries(entries.flat())
}
