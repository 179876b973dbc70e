/** Which workloads of a run can be measured: those that the base offers, and somebody to compare it with. Pure. */
import { GapwiseError } from '../src/errors.ts'
import type { Contender } from './contender.ts'
import type { Workload } from './workload.ts'

type Asked = Pick<Workload, 'name' | 'endpoints'>
type Offering = Pick<Contender, 'id' | 'endpoints'>

/** What is measured, and what is not. */
export interface Offers<T extends Asked = Workload> {
  readonly workloads: readonly T[]
  /** One sentence for all workloads that are left out for one reason, or that one contender takes no part in. */
  readonly leftOut: readonly string[]
}

/** Whether a contender answers every endpoint that a workload asks. */
export const offers = ({ endpoints }: Offering, workload: Asked): boolean =>
  workload.endpoints.every((endpoint) => endpoints.includes(endpoint))

const grouped = (
  workloads: readonly Asked[],
  reasonOf: (workload: Asked) => string,
): [names: string, reason: string][] =>
  [...Map.groupBy(workloads, reasonOf)].map(([reason, alike]) => [
    alike.map(({ name }) => name).join(', '),
    reason,
  ])

/**
 * Leaves out what the base does not offer, and what it would be measured on alone although there are others.
 * @param contenders the first is the base
 */
export function offersOf<T extends Asked>(
  asked: readonly T[],
  contenders: readonly Offering[],
): Offers<T> {
  const [base, ...others] = contenders
  // A server that does not answer is refused later, with its own cure.
  if (base === undefined || contenders.some(({ endpoints }) => endpoints.length === 0))
    return { workloads: asked, leftOut: [] }
  const isComparable = (workload: Asked): boolean =>
    others.length === 0 || others.some((each) => offers(each, workload))
  const workloads = asked.filter((workload) => offers(base, workload) && isComparable(workload))
  const out = asked.filter((workload) => !workloads.includes(workload))
  const whole = grouped(out, (workload) =>
    offers(base, workload) ? `only ${base.id} offers` : `${base.id}, the base, does not offer`,
  ).map(([names, reason]) => `Left out: ${names}, which ${reason}.`)
  const partly = others.flatMap((each) => {
    const names = workloads.filter((workload) => !offers(each, workload)).map(({ name }) => name)
    return names.length === 0 ? [] : [`${each.id} takes no part in ${names.join(', ')}.`]
  })
  return { workloads, leftOut: [...whole, ...partly] }
}

/** @throws GapwiseError `usage` NOTHING_OFFERED when no workload is left */
export function assertOffered(workloads: readonly Asked[], leftOut: readonly string[]): void {
  if (workloads.length > 0) return
  throw new GapwiseError(
    'usage',
    'NOTHING_OFFERED',
    `No workload is left to measure. ${leftOut.join(' ')} Name others with --workload; "npm run gapwise -- peers NAME" tells what a peer or a folder offers.`,
  )
}
