/** Writes a file so that readers see the old or the new one, never a part. */
import { link, open, rename, rm } from 'node:fs/promises'
import { GapwiseError } from '../src/errors.ts'

export const outExists = (path: string): GapwiseError =>
  new GapwiseError(
    'usage',
    'OUT_EXISTS',
    `The result file ${path} exists already and results are never overwritten: name another one with --out, or remove it.`,
  )

/**
 * Writes beside the target, flushes, then moves into place.
 * @param fresh the name must not be taken
 * @throws GapwiseError `usage` OUT_EXISTS where it is
 */
export const writeWhole = async (path: string, text: string, fresh = false): Promise<void> => {
  const draft = `${path}.${process.pid}.tmp`
  try {
    await using file = await open(draft, 'w')
    await file.writeFile(text)
    await file.sync()
    // A hard link, unlike rename, fails where the name is taken.
    await (fresh ? link(draft, path) : rename(draft, path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw outExists(path)
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}
