/** `gapwise verify CONTENDER…`: starts each and checks that it keeps the contract. */
import { exitCodes, GapwiseError } from '../../src/errors.ts'
import { parseContenders } from '../contenders/parse.ts'
import { prepareContenders } from '../contenders/prepare.ts'
import { describeProblem, verify } from '../contract.ts'
import { interruptedCode } from '../interruption.ts'
import type { Io } from '../io.ts'
import { createProgress } from '../progress.ts'
import { openPlace } from '../place.ts'
import { openPostgres } from '../services/postgres/open-postgres.ts'
import { openUpstream, parseLatency } from '../services/upstream.ts'
import { withSupervisor } from '../services/with-supervisor.ts'

/** Options as commander gives them. */
export interface VerifyOptions {
  readonly databaseUrl?: string
  readonly upstreamLatency?: string
}

/**
 * Verifies contenders one after the other.
 * @throws GapwiseError contender VERIFY_FAILED after all have been checked, when any breaks the contract
 */
export async function verifyContenders(
  words: readonly string[],
  { databaseUrl, upstreamLatency = '0ms' }: VerifyOptions,
  io: Io,
): Promise<number> {
  const latencyMs = parseLatency(upstreamLatency)
  const contenders = await parseContenders(words)
  const progress = createProgress(io)
  await prepareContenders(contenders, progress, io.signal)
  if (io.signal.aborted) return interruptedCode(io.signal)
  const broken = await withSupervisor(`verify ${words.join(' ')}`, io, async (supervisor) => {
    await using postgres = await openPostgres({ supervisor, databaseUrl, progress: progress.note })
    await using upstream = await openUpstream({ supervisor, latencyMs })
    const failed: string[] = []
    for (const contender of contenders) {
      if (io.signal.aborted) return undefined
      progress.show(`verifying ${contender.id}`)
      await using place = await openPlace(contender, { supervisor, postgres, upstream })
      await using running = await contender.start(place.site)
      const problems = await verify(running.url, contender.endpoints, {
        seeded: place.databaseUrl !== undefined,
        ...(place.databaseUrl === undefined ? {} : { databaseUrl: place.databaseUrl }),
        ...(place.site.upstreamUrl === undefined ? {} : { upstreamUrl: place.site.upstreamUrl }),
      })
      progress.clear()
      io.out(
        problems.length === 0
          ? `${contender.id} keeps the contract (${contender.endpoints.join(', ')})\n`
          : `${contender.id} breaks the contract:\n${problems.map((problem) => `  ${describeProblem(problem)}\n`).join('')}`,
      )
      if (problems.length > 0) failed.push(contender.id)
    }
    return failed
  })
  if (broken === undefined) return interruptedCode(io.signal)
  if (broken.length === 0) return exitCodes.ok
  throw new GapwiseError(
    'contender',
    'VERIFY_FAILED',
    `${broken.join(', ')}: the answers above differ from the contract. Correct them; a contender that answers wrongly is not measured.`,
  )
}
