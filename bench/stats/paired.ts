/** Paired log ratios: a contender against the base in the same round of the same block. */
import { mean } from 'simple-statistics'

/** One arm's logarithms by block and round: logs[block][round]; undefined where the round has no value. */
export type RoundLogs = readonly (readonly (number | undefined)[])[]

/** Mean over the rounds of each block; blocks without a value are left out. */
export const blockMeans = (logs: RoundLogs): number[] =>
  logs
    .map((rounds) => rounds.filter((log) => log !== undefined))
    .filter((rounds) => rounds.length > 0)
    .map((rounds) => mean(rounds))

/**
 * Block means of ln(contender / base), taken round by round so that drift common to both cancels.
 * Rounds in which either has no value are left out.
 * @returns one log ratio per block that has at least one complete round
 */
export const pairedLogRatios = (contender: RoundLogs, base: RoundLogs): number[] =>
  blockMeans(
    contender.map((rounds, block) =>
      rounds.map((log, round) => {
        const baseLog = base[block]?.[round]
        return log === undefined || baseLog === undefined ? undefined : log - baseLog
      }),
    ),
  )

/**
 * The same arms with only those rounds that all of them have, so that what is taken from several arms
 * (a gap: contender, peer and base) rests on the same rounds of the same blocks.
 */
export const commonRounds = (arms: readonly RoundLogs[]): RoundLogs[] =>
  arms.map((arm) =>
    arm.map((rounds, block) =>
      rounds.map((log, round) =>
        arms.every((other) => other[block]?.[round] !== undefined) ? log : undefined,
      ),
    ),
  )
