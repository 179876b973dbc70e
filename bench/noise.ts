/** Where the floors of machines are kept: one file for each fingerprint, beside the results. */
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Value } from '@sinclair/typebox/value'
import { type Fingerprint, fingerprintOf, type Noise, noiseSchema } from './result/floor.ts'
import { writeWhole } from './write-whole.ts'

/** The file for a machine, in the folder of the results. */
export const noiseFile = (results: string, fingerprint: Fingerprint): string => {
  const { cpu, cores, kernel, node } = fingerprint
  const key = createHash('sha256')
    .update(JSON.stringify([cpu, cores, kernel, node]))
    .digest('hex')
    .slice(0, 16)
  return join(results, 'noise', `${key}.json`)
}

/**
 * What is known of a machine. A file that is not there, or of another format, is as good as none: noise is measured
 * again in minutes.
 */
export async function readNoise(results: string, machine: Fingerprint): Promise<Noise | undefined> {
  const fingerprint = fingerprintOf(machine)
  try {
    const document: unknown = JSON.parse(await readFile(noiseFile(results, fingerprint), 'utf8'))
    const isKnown = Value.Check(noiseSchema, document)
    return isKnown && Value.Equal(document.fingerprint, fingerprint) ? document : undefined
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isMissing || error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * Keeps what is known of a machine in place of what was known before; a reader sees the old or the new file, whole.
 * @returns the file
 */
export async function keepNoise(results: string, noise: Noise): Promise<string> {
  const file = noiseFile(results, noise.fingerprint)
  await mkdir(join(results, 'noise'), { recursive: true })
  await writeWhole(file, `${JSON.stringify(noise, null, 2)}\n`)
  return file
}
