/** Whether the machine was left alone while it measured: which blocks were disturbed, by rules that see no outcome. */
import type { Gate, Raw, Warning } from '../results.ts'
import type { Quiet } from './quiet-schema.ts'

/**
 * Shares of the machine's CPU time in a block, and of the blocks of a run. They were set before any run was looked
 * at, and no result moves them.
 * - steal: 2 %, the largest difference that does not matter (design.delta): what is stolen is missing from capacity.
 * - others: 5 %. Processes of others run wherever there is room, so this is also what they take of the contender's core
 *   on average. Windows of all contenders alternate, so that most of it meets them alike; and the kernel counts in
 *   ticks of 10 ms, whose grain in the shortest blocks is some percent.
 * - a checkpoint of the database within a cell: it writes all that was changed since the last, for whoever is driven
 *   just then.
 * - blocks: a quarter, as the reference of the design has it: with more, intervals over blocks tell of the
 *   disturbance as much as of the contenders.
 */
export const quietLimits = { steal: 0.02, others: 0.05, blocks: 0.25 } as const

/** One block. */
export interface BlockQuiet {
  readonly block: number
  readonly stealShare: number
  /** Undefined where it is not known. */
  readonly othersShare: number | undefined
  /** Share of the time in which a task waited for a CPU: contenders make it too, so it is told and judges nothing. */
  readonly pressureShare: number | undefined
  /** Cells in which the database wrote a checkpoint. */
  readonly checkpoints: number
  readonly disturbed: boolean
}

/** The cells of each block taken together, in order of blocks. */
export const quietBlocks = ({ quiet = [] }: Pick<Raw, 'quiet'>): BlockQuiet[] =>
  [...Map.groupBy(quiet, ({ block }) => block)].flatMap(([block, cells]) => {
    const sum = (of: (cell: Quiet) => number): number =>
      cells.reduce((total, cell) => total + of(cell), 0)
    const machineNs = sum((cell) => cell.machineNs)
    if (machineNs <= 0) return []
    const known = cells.every(({ othersNs }) => othersNs !== undefined)
    const stealShare = sum((cell) => cell.stealNs) / machineNs
    const othersShare = known ? sum((cell) => cell.othersNs ?? 0) / machineNs : undefined
    const checkpoints = cells.filter((cell) => cell.checkpoints !== undefined).length
    const disturbed =
      stealShare > quietLimits.steal || (othersShare ?? 0) > quietLimits.others || checkpoints > 0
    const pressures = cells.flatMap(({ pressure }) => pressure ?? [])
    const elapsedNs = pressures.reduce((total, each) => total + each.elapsedNs, 0)
    const waitedNs = pressures.reduce((total, each) => total + each.someNs, 0)
    const pressureShare = elapsedNs > 0 ? waitedNs / elapsedNs : undefined
    return [{ block, stealShare, othersShare, pressureShare, checkpoints, disturbed }]
  })

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`

const most = (shares: readonly number[]): string =>
  `${shares.length > 1 ? 'at most ' : ''}${percent(Math.max(...shares))}`

const listOf = (blocks: readonly BlockQuiet[]): string =>
  blocks.map(({ block }) => String(block + 1)).join(', ')

const numbersOf = (blocks: readonly BlockQuiet[]): string => {
  const others = blocks.flatMap(({ othersShare }) => othersShare ?? [])
  const pressures = blocks.flatMap(({ pressureShare }) => pressureShare ?? [])
  const written = blocks.filter(({ checkpoints }) => checkpoints > 0)
  return (
    `steal ${most(blocks.map(({ stealShare }) => stealShare))}, ` +
    (others.length === 0 ? 'other processes unknown' : `other processes ${most(others)}`) +
    (pressures.length === 0 ? '' : `, CPU pressure ${most(pressures)}`) +
    (written.length === 0 ? '' : `, the database wrote checkpoints in blocks ${listOf(written)}`)
  )
}

/** The gate of the run: its value is the share of blocks that were disturbed. None where nothing was watched. */
export const quietGates = (raw: Pick<Raw, 'quiet'>): Gate[] => {
  const blocks = quietBlocks(raw)
  if (blocks.length === 0) return []
  const disturbed = blocks.filter((each) => each.disturbed)
  const value = disturbed.length / blocks.length
  return [
    {
      name: 'quiet',
      ok: value <= quietLimits.blocks,
      basis: 'derived',
      value,
      limit: quietLimits.blocks,
      detail:
        numbersOf(blocks) +
        (disturbed.length === 0
          ? ''
          : `; disturbed ${disturbed.length} of ${blocks.length} blocks: ${listOf(disturbed)}`),
    },
  ]
}

/** What a reader must know where the gate failed. */
export const quietWarnings = (raw: Pick<Raw, 'quiet'>): Warning[] =>
  quietGates(raw)
    .filter(({ ok }) => !ok)
    .map(({ detail = '' }) => ({
      code: 'DISTURBED',
      message:
        `The machine was busy with something else (${detail}; limits in a block: steal ${percent(quietLimits.steal)}, ` +
        `other processes ${percent(quietLimits.others)} of the machine), so every verdict is indicative: end what runs beside, or repeat the run later.`,
      basis: 'derived',
    }))
