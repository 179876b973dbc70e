/** The control: a hidden duplicate of the base. Where the base differs from itself, no difference of others is believed. */
import { atPoint, pointOf } from '../point.ts'
import type { Gate, Raw, Warning } from '../results.ts'
import { estimateMean, exponentiate } from '../stats/interval.ts'
import { pairedLogRatios } from '../stats/paired.ts'
import { refusal } from './cautions.ts'
import { armCells, type ArmCell } from './cells.ts'
import type { ControlRow } from './control-schema.ts'
import { decidingOf } from './deciding.ts'
import { metricsOf, roundLogs } from './measures.ts'
import { metricFacts } from './metrics.ts'

/**
 * Of the intervals of all cells of a run together: in one run of a hundred the control moves by chance alone
 * (Bonferroni, as every cell may withhold verdicts). A wider net than that of the verdicts would stop good runs.
 */
export const controlConfidence = 0.99

/** Base and control in the cells that both took part in. */
const pairsOf = (raw: Raw): { readonly base: ArmCell; readonly control: ArmCell }[] => {
  const { control, contenders } = raw
  const facts = contenders.find(({ id }) => id === control?.of)
  if (control === undefined || facts === undefined) return []
  const duplicate = { ...facts, id: control.id }
  return armCells({ ...raw, contenders: [facts, duplicate] }).flatMap((arms) => {
    const [first, second] = arms
    return first === undefined || second === undefined ? [] : [{ base: first, control: second }]
  })
}

/** The arms of the control, whose answers must be right like all others. */
export const controlArms = (raw: Raw): ArmCell[] => pairsOf(raw).map(({ control }) => control)

/** The control against the base in every cell where both have numbers; none without a control. */
export const controlRows = (raw: Raw): ControlRow[] => {
  const pairs = pairsOf(raw)
  const confidence = 1 - (1 - controlConfidence) / Math.max(1, pairs.length)
  return pairs.flatMap(({ base, control }) => {
    if ([base, control].some((arm) => refusal(arm) !== undefined)) return []
    const known = metricsOf(control).flatMap((each) => {
      const logRatios = pairedLogRatios(roundLogs(control, each), roundLogs(base, each))
      return metricFacts[each].better === undefined || logRatios.length === 0
        ? []
        : [{ metric: each, logRatios }]
    })
    const deciding = decidingOf(raw.design, control.workload.name, known, control.point)
    if (deciding === undefined) return []
    const estimate = estimateMean(deciding.logRatios, confidence)
    const { value: ratio, ...interval } = exponentiate(estimate)
    const { low, high } = interval
    return [
      {
        workload: control.workload.name,
        metric: deciding.metric,
        unit: metricFacts[deciding.metric].unit,
        point: control.point,
        base: base.contender,
        control: control.contender,
        ratio,
        ...interval,
        confidence,
        blocks: estimate.blocks,
        moved: low !== undefined && high !== undefined && (low > 1 || high < 1),
      },
    ]
  })
}

/** Workloads whose verdicts are withheld. */
export const movedWorkloads = (rows: readonly ControlRow[]): ReadonlySet<string> =>
  new Set(rows.filter(({ moved }) => moved).map(({ workload }) => workload))

const rowText = ({ workload, point: where, ratio, low, high }: ControlRow): string => {
  const interval =
    low === undefined || high === undefined ? '' : ` (${low.toFixed(3)} to ${high.toFixed(3)})`
  return `${workload} ${atPoint(where)} ${ratio.toFixed(3)}${interval}`
}

/** The furthest from 1 speaks for those that did not move. */
const worst = (rows: readonly ControlRow[]): ControlRow | undefined =>
  rows.toSorted((one, other) => Math.abs(Math.log(other.ratio)) - Math.abs(Math.log(one.ratio)))[0]

/** One gate of the run, also where there was no control: that has to be said. */
export const controlGates = (
  { control }: Pick<Raw, 'control'>,
  rows: readonly ControlRow[],
): Gate[] => {
  const moved = rows.filter((row) => row.moved)
  const furthest = worst(rows)
  const detail =
    control === undefined
      ? 'none'
      : furthest === undefined
        ? 'no numbers'
        : moved.length > 0
          ? `${control.of} against itself: ${moved.map(rowText).join(', ')}`
          : `${control.of} against itself: at most ${rowText(furthest)}`
  return [{ name: 'control', ok: moved.length === 0, basis: 'derived', detail }]
}

/** What a reader must know where it moved. */
export const controlWarnings = (rows: readonly ControlRow[]): Warning[] =>
  rows
    .filter(({ moved }) => moved)
    .map((row) => ({
      code: 'CONTROL_MOVED',
      message:
        `A duplicate of ${row.base} differs from it: ${rowText(row)}, where 1 is the truth. So the verdicts on ` +
        `${row.workload} are withheld: repeat the run on a quieter machine, or with more --budget.`,
      basis: 'derived' as const,
      workload: row.workload,
      ...pointOf(row.point),
    }))
