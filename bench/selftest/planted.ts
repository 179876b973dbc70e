/** The servers of a selftest: a quick start of ours, each with a load planted in it, as levels of one peer. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PeerManifest } from '../peer.ts'
import { writeWhole } from '../write-whole.ts'

/** What can be planted. */
export const plantKinds = ['nothing', 'cpu', 'memory', 'waiting'] as const

export type PlantKind = (typeof plantKinds)[number]

/** How much of each: CPU time in nanoseconds per request; for `waiting` how many requests share 1 ms. */
export type Amounts = Readonly<Record<PlantKind, number>>

const summaries: Readonly<Record<PlantKind, string>> = {
  nothing: 'The quick start, with the hook that plants and nothing in it.',
  cpu: 'Arithmetic in each request.',
  memory: 'Cache lines written in each request.',
  waiting: 'A timer of 1 ms before some requests.',
}

const plantFile = new URL('plant.ts', import.meta.url).href
const serverEntry = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** The manifest of the planted servers. */
export const plantedManifest = (amounts: Amounts): PeerManifest => ({
  name: 'planted',
  language: 'JavaScript',
  framework: 'Fastify',
  summary: 'The profile baseline with a load that is known, to see whether the bench finds it.',
  requires: [],
  endpoints: ['json', 'db'],
  levels: Object.fromEntries(
    plantKinds.map((kind) => [
      kind,
      {
        summary: summaries[kind],
        start: ['node', '--import', plantFile, serverEntry, 'baseline'],
        env: { GAPWISE_PLANT: `${kind} ${amounts[kind]}` },
      },
    ]),
  ),
})

/**
 * Writes the peer into a folder, in place of an earlier one.
 * @returns how a planted server is named on the command line
 */
export async function writePlanted(
  folder: string,
  amounts: Amounts,
): Promise<(kind: PlantKind) => string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'peer.json')
  await writeWhole(file, `${JSON.stringify(plantedManifest(amounts), null, 2)}\n`)
  return (kind) => `${folder}:${kind}`
}
