/** The word for a check, and for a claim. Pure. */
import type { Check, Claim, JudgedCheck, JudgedClaim, Stated, Word } from '../claim.ts'
import type { Figure, Found, Quantity } from '../quantity.ts'

/** Where the true value may be; undefined where nothing is known of that. */
interface Reach {
  readonly low: number
  readonly high: number
}

const everything: Reach = { low: 0, high: Number.POSITIVE_INFINITY }

/** The interval, open towards where something held the number back. */
const reachOf = ({ low, high, bound }: Figure): Reach | undefined => {
  if (low === undefined || high === undefined) return undefined
  if (bound === 'unknown') return everything
  return {
    low: bound === 'at-most' ? everything.low : low,
    high: bound === 'at-least' ? everything.high : high,
  }
}

/**
 * Where a part may be of which only the whole is known. An absolute amount is at most the whole's. A ratio of the
 * whole lies between 1 and the part's, as all other parts have the ratio 1.
 */
const reachOfPart = (reach: Reach, isRatio: boolean): Reach => {
  if (!isRatio || reach.high < 1) return { low: everything.low, high: reach.high }
  return reach.low > 1 ? { low: reach.low, high: everything.high } : everything
}

/** A number of one contender alone, in a unit. */
export const isAbsolute = (quantity: Quantity): boolean =>
  quantity.kind === 'cost' || (quantity.kind === 'footprint' && quantity.base === undefined)

/** What a check ends with. */
type Judgement = Pick<JudgedCheck, 'side'> & { readonly word: Word }

const compare = (reach: Reach, stated: Stated): Judgement => {
  if (reach.low >= stated.low && reach.high <= stated.high) return { word: 'holds' }
  if (reach.high < stated.low) return { word: 'does not hold here', side: 'below' }
  if (reach.low > stated.high) return { word: 'does not hold here', side: 'above' }
  return { word: 'unresolved' }
}

/**
 * The word for a number, from its interval and the range that was stated:
 *
 * ```
 *                        stated
 *   holds             |  [---]   |
 *   unresolved        |      [---|--]
 *   does not hold     |          |     [---]
 * ```
 * So `holds` and `does not hold here` are each wrong in at most 5 of 100 checks with intervals of 95 %, and a wide
 * interval is never taken for agreement.
 */
export const judgeFigure = (figure: Figure, check: Check): Judgement => {
  const reach = reachOf(figure)
  if (reach === undefined) return { word: 'unresolved' }
  const judged = check.isPart === true ? reachOfPart(reach, !isAbsolute(check.quantity)) : reach
  return compare(judged, check.stated)
}

const judgeCheck = (check: Check, found: Found): JudgedCheck => {
  const { quantity } = check
  if ('notMeasured' in found)
    return { quantity, check, absence: found.notMeasured, word: 'not measured' }
  if ('meaningless' in found)
    return { quantity, check, absence: found.meaningless, word: 'not comparable' }
  return { quantity, check, figure: found.figure, ...judgeFigure(found.figure, check) }
}

const related = (quantity: Quantity, found: Found): JudgedCheck => {
  if ('notMeasured' in found) return { quantity, absence: found.notMeasured }
  if ('meaningless' in found) return { quantity, absence: found.meaningless }
  return { quantity, figure: found.figure }
}

/** The first of these that any check has is the claim's: all have to hold, and one that does not is enough. */
const decisive: readonly Word[] = [
  'does not hold here',
  'not measured',
  'not comparable',
  'unresolved',
]

/** The word of a claim that has checks. */
export const wordOfChecks = (words: readonly Word[]): Word =>
  decisive.find((word) => words.includes(word)) ?? 'holds'

/**
 * Judges a claim.
 * @param find looks a quantity up
 */
export const judgeClaim = (claim: Claim, find: (quantity: Quantity) => Found): JudgedClaim => {
  if ('notComparable' in claim)
    return {
      claim,
      checks: claim.related.map((quantity) => related(quantity, find(quantity))),
      word: 'not comparable',
      explanations: [],
    }
  const checks = claim.checks.map((check) => judgeCheck(check, find(check.quantity)))
  const explanations = checks.flatMap(({ check, word, side }) => {
    const explained = word === 'does not hold here' ? check?.explains : undefined
    const isMeant = explained?.side === undefined || explained.side === side
    return explained !== undefined && isMeant ? [explained.why] : []
  })
  return {
    claim,
    checks,
    word: wordOfChecks(checks.flatMap(({ word }) => word ?? [])),
    explanations: [...new Set(explanations)],
  }
}
