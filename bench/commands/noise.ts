/** `gapwise noise`: measures a contender against itself, which shows what the machine alone does; or compares designs. */
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import { parseContenders } from '../contenders/parse.ts'
import { compareDesigns } from '../designs/compare.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { isSound, measure, type Measured } from '../measure.ts'
import { commandLine, type MeasureOptions, parseMeasureOptions } from '../measure-options.ts'
import { resultsFolder } from '../measure-record.ts'
import { keepNoise } from '../noise.ts'
import { renderDesigns } from '../report/designs.ts'
import { renderNoise } from '../report/noise.ts'
import { noiseOf } from '../result/floor.ts'

/** Options as commander gives them. */
export interface NoiseOptions extends MeasureOptions {
  readonly json: boolean
  readonly compareDesigns: boolean
}

/** @throws GapwiseError `usage` NOT_ONE_CONTENDER or NOT_FRESH, for what has no second, identical server */
export async function assertOneFresh(word: string): Promise<void> {
  const found = await parseContenders([word])
  if (found.length !== 1)
    throw new GapwiseError(
      'usage',
      'NOT_ONE_CONTENDER',
      `noise takes one contender, and ${word} stands for ${found.map(({ id }) => id).join(', ')}: name one of them.`,
    )
  if (found[0]?.fresh !== true)
    throw new GapwiseError(
      'usage',
      'NOT_FRESH',
      `${word} runs already, and noise needs two fresh processes of one program: name a profile or a peer.`,
    )
}

/**
 * Prints the floor of a run and keeps it where the run was whole.
 * @param results the folder of the results
 */
export async function tellNoise(
  { result, path }: Measured,
  results: string,
  json: boolean,
  io: Io,
): Promise<number> {
  const noise = noiseOf(result)
  if (noise === undefined) {
    io.err(`No interval came of it: npm run report -- ${path} tells why.\n`)
    return io.signal.aborted ? interruptedCode(io.signal) : exitCodes.invalid
  }
  // A run cut short knows less than what may be there already.
  const kept = result.state === 'complete' ? await keepNoise(results, noise) : undefined
  io.out(
    json
      ? `${JSON.stringify(noise, null, 2)}\n`
      : renderNoise(noise, { result: path, ...(kept === undefined ? {} : { noise: kept }) }),
  )
  if (io.signal.aborted) return interruptedCode(io.signal)
  return isSound(result) ? exitCodes.ok : exitCodes.invalid
}

/** Without names: runtimes and costs as different as there are. */
const usualContenders = [
  'baseline',
  'tuned',
  'express:default',
  'node-http:default',
  'go-nethttp:default',
]
const usualDesignsBudget = '45m'

async function tellDesigns(
  words: readonly string[],
  options: NoiseOptions,
  io: Io,
): Promise<number> {
  const request = parseMeasureOptions({ ...options, budget: options.budget ?? usualDesignsBudget })
  const { compareDesigns: _flag, json, ...rest } = options
  const command = commandLine(['noise', ...words, '--compare-designs'], rest)
  const compared = await compareDesigns(words, request, command, io)
  if (compared === undefined) return interruptedCode(io.signal)
  const { document, path } = compared
  io.out(json ? `${JSON.stringify(document)}\n` : renderDesigns(document, path))
  return io.signal.aborted ? interruptedCode(io.signal) : exitCodes.ok
}

/** Measures, prints and keeps the floor of this machine, or compares designs; returns the exit code. */
export async function noise(
  words: readonly string[],
  options: NoiseOptions,
  io: Io,
): Promise<number> {
  if (options.compareDesigns)
    return tellDesigns(words.length === 0 ? usualContenders : words, options, io)
  const [contender = 'baseline', ...more] = words
  if (more.length > 0)
    throw new GapwiseError(
      'usage',
      'NOT_ONE_CONTENDER',
      `noise takes one contender, found ${words.length}: ${words.join(', ')}. Several are compared with --compare-designs.`,
    )
  await assertOneFresh(contender)
  const measured = await measure([contender, contender], options, `noise ${contender}`, io)
  if (measured === undefined) {
    io.err('Interrupted before anything was measured.\n')
    return interruptedCode(io.signal)
  }
  return tellNoise(measured, resultsFolder, options.json, io)
}
