/** `gapwise diff A B`: what differs between two profiles, in configuration and in measured effect, or between two runs. */
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import { effectiveToggles, type ResolvedProfile } from '../../src/profile.ts'
import { diffProfiles } from '../../src/profile/diff.ts'
import { resolveProfile } from '../../src/profile/resolve.ts'
import { effectFromFile, effectIn, newestEffect, type Effect } from '../effect.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { isSound, measure } from '../measure.ts'
import { commandLine, type MeasureOptions } from '../measure-options.ts'
import { resultsFolder } from '../measure-record.ts'
import { renderDiff } from '../report/diff.ts'
import { diffRuns, isResultFile } from './diff-runs.ts'

/** Options as commander gives them. */
export interface DiffOptions extends MeasureOptions {
  readonly measure: boolean
  readonly results?: string
  readonly allowDifferent: boolean
  readonly json: boolean
}

/** What is known of the effect, and whether it was measured without a wrong answer. */
interface Known {
  readonly effect: Effect | undefined
  readonly sound: boolean
}

async function effectOf(
  a: ResolvedProfile,
  b: ResolvedProfile,
  options: DiffOptions,
  io: Io,
): Promise<Known> {
  if (options.results !== undefined)
    return { effect: await effectFromFile(options.results, a, b), sound: true }
  if (!options.measure) return { effect: await newestEffect(resultsFolder, a, b), sound: true }
  const { json: _json, results: _results, ...measuring } = options
  const command = commandLine(['diff', a.name, b.name], measuring)
  const measured = await measure([a.name, b.name], measuring, command, io)
  return measured === undefined
    ? { effect: undefined, sound: true }
    : { effect: effectIn(measured.result, measured.path, a, b), sound: isSound(measured.result) }
}

/** Prints the difference; returns the exit code. */
export async function diff(
  aSpec: string,
  bSpec: string,
  options: DiffOptions,
  io: Io,
): Promise<number> {
  const files = [aSpec, bSpec].filter(isResultFile)
  if (files.length === 2) return diffRuns(aSpec, bSpec, options, io)
  if (files.length === 1)
    throw new GapwiseError(
      'usage',
      'MIXED_ARGUMENTS',
      `${files[0]} is a result file and ${aSpec === files[0] ? bSpec : aSpec} is none: diff takes two profiles, or two result files (the older one first).`,
    )
  const a = await resolveProfile(aSpec)
  const b = await resolveProfile(bSpec)
  const differences = diffProfiles(a, b)
  // One server under two names has nothing to measure, and no result can hold it twice.
  const { effect, sound } =
    differences.length === 0
      ? { effect: undefined, sound: true }
      : await effectOf(a, b, options, io)
  if (options.json) {
    const document = {
      a: { name: a.name, description: a.description, toggles: effectiveToggles(a) },
      b: { name: b.name, description: b.description, toggles: effectiveToggles(b) },
      differences: differences.map(({ toggle, a: inA, b: inB }) => ({
        toggle: toggle.name,
        summary: toggle.summary,
        tradeoff: toggle.tradeoff,
        counterpart: toggle.counterpart ?? null,
        anti: toggle.anti ?? false,
        a: inA?.options ?? null,
        b: inB?.options ?? null,
      })),
      measured: effect ?? null,
    }
    io.out(`${JSON.stringify(document, null, 2)}\n`)
  } else {
    io.out(renderDiff(a, b, differences, effect))
  }
  if (io.signal.aborted) return interruptedCode(io.signal)
  return sound ? exitCodes.ok : exitCodes.invalid
}
