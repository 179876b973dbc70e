/** Quantities in words, and their figures in units. */
import { atPoint } from '../point.ts'
import type { Figure, FootprintKind, Found, Place, Quantity } from '../quantity.ts'

import { boundWord, interval, isShown, metricNames } from './effect.ts'
import { figure as rounded, microseconds, percent } from './units.ts'

const footprintNames: Readonly<Record<FootprintKind, string>> = {
  startTime: 'start until the first right answer',
  memoryAtRest: 'memory at rest',
  memory: 'memory after the load',
  memoryConnected: 'memory with 10,000 idle connections',
  idleConnection: 'memory of an idle connection',
  install: 'size on disk',
}

const metricName = ({ metric }: Place): string => (isShown(metric) ? metricNames[metric] : metric)

const placeWords = (place: Place): string =>
  `${metricName(place)}, ${place.workload}${place.point === undefined ? '' : ` ${atPoint(place.point)}`}`

/** What is asked: `requests/s, json: gin:default / fastapi:default`. */
export const quantityWords = (quantity: Quantity): string => {
  switch (quantity.kind) {
    case 'ratio':
      return `${placeWords(quantity)}: ${quantity.contender} / ${quantity.base}`
    case 'narrowing': {
      const { from, to } = quantity
      const [before, after] =
        from.workload === to.workload ? [from.run, to.run] : [from.workload, to.workload]
      return `${metricName(to)}, ${to.contender} / ${to.base}: ${after} against ${before}`
    }
    case 'share of gap':
      return `${placeWords(quantity)}: of the gap ${quantity.base} to ${quantity.peer}, closed by ${quantity.contender}`
    case 'cost':
      return `${placeWords(quantity)}: ${quantity.contender}`
    case 'footprint': {
      const { measure, contender, base } = quantity
      return `${footprintNames[measure]}: ${contender}${base === undefined ? '' : ` / ${base}`}`
    }
    default:
      return quantity.reason
  }
}

type Format = (value: number) => string

interface Unit {
  readonly format: Format
  /** After the number, with its space. */
  readonly name: string
}

const bytes: Unit = { format: (value) => rounded(value / 1e6), name: ' MB' }

/** The unit of a quantity; undefined for ratios. */
export const unitOf = (quantity: Quantity): Unit | undefined => {
  if (quantity.kind === 'share of gap') return { format: (share) => percent(share), name: ' %' }
  if (quantity.kind === 'cost') return { format: microseconds, name: ' µs' }
  if (quantity.kind !== 'footprint' || quantity.base !== undefined) return undefined
  return quantity.measure === 'startTime' ? { format: rounded, name: ' ms' } : bytes
}

/** The ends of its interval, where that has a width. */
const endsOf = ({
  low,
  high,
}: Figure): { readonly low: number; readonly high: number } | undefined =>
  low === undefined || high === undefined || low === high ? undefined : { low, high }

const inUnit = (found: Figure, { format, name }: Unit): string => {
  const ends = endsOf(found)
  const width = ends === undefined ? '' : ` (${format(ends.low)} to ${format(ends.high)})`
  return `${boundWord(found.bound)}${format(found.value)}${name}${width}`
}

const asRatio = (found: Figure): string => {
  const { value, bound } = found
  return interval({ ratio: value, ...endsOf(found), ...(bound === undefined ? {} : { bound }) })
}

/** `3.61 (3.40 to 3.83), indicative`. */
export const figureWords = (quantity: Quantity, found: Figure): string => {
  const unit = unitOf(quantity)
  return [unit === undefined ? asRatio(found) : inUnit(found, unit), ...found.notes].join(', ')
}

/** A figure, or why there is none. */
export const foundWords = (quantity: Quantity, found: Found): string => {
  if ('figure' in found) return figureWords(quantity, found.figure)
  return 'notMeasured' in found ? found.notMeasured : found.meaningless
}
