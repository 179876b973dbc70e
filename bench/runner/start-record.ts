/** What a contender's start took, and its memory once it has been driven. */
import { notReadable, readMemory } from '../footprint/memory.ts'
import type { FootprintStart } from '../results.ts'
import type { Stand } from './stands.ts'

/** Reads it right after the last window, before the contract is asked again. */
export const startOf = (
  { contender: { id, fresh }, server }: Stand,
  block: number,
  workload: string,
): FootprintStart => {
  const { startUp } = server
  const memory = readMemory(server.processes?.() ?? [])
  return {
    block,
    workload,
    contender: id,
    ...startUp,
    ...(memory === undefined ? {} : { memoryBytes: memory.bytes, peakBytes: memory.peakBytes }),
    unknown: {
      ...(startUp === undefined && !fresh ? { start: 'it was started before the bench' } : {}),
      ...(memory === undefined ? { memory: notReadable } : {}),
    },
  }
}
