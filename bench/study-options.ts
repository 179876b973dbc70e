/** The options that ask for a study in place of operating points: text turned into values. */
import { GapwiseError } from '../src/errors.ts'
import { parseDuration } from './duration.ts'
import type { LatencyLimit } from './plan/study.ts'
import type { StudyRequest } from './plan/study-plan.ts'

/** As commander gives them. */
export interface StudyOptions {
  readonly sweep?: boolean
  readonly slo?: string
}

/** What cannot stand beside a study. */
interface Beside {
  readonly rate?: string
  readonly connections?: string
  readonly precision?: string
  readonly control?: boolean
  readonly against?: string
}

const usage = (code: string, message: string): GapwiseError =>
  new GapwiseError('usage', code, message)

const metrics: Readonly<Record<string, LatencyLimit['metric']>> = {
  p50: 'latencyP50',
  p99: 'latencyP99',
}

/** `p99=10ms`, several separated by commas. */
const limitsFrom = (text: string): LatencyLimit[] => {
  const limits = text.split(',').map((word): LatencyLimit => {
    const [, name = '', limit = ''] = /^\s*(p\d+)\s*=\s*(\S+)\s*$/.exec(word) ?? []
    const metric = metrics[name]
    const limitUs = metric === undefined ? 0 : 1_000 * parseDuration(limit, '--slo')
    if (metric === undefined || !/[a-z]$/.test(limit) || !(limitUs > 0))
      throw usage(
        'BAD_SLO',
        `--slo takes limits of p50 or p99 with their unit, such as p99=10ms or p50=2ms,p99=10ms, found "${text}".`,
      )
    return { metric, limitUs }
  })
  if (new Set(limits.map(({ metric }) => metric)).size < limits.length)
    throw usage('BAD_SLO', `--slo takes each percentile once, found "${text}".`)
  return limits
}

/**
 * The study that is asked for; undefined without one.
 * @throws GapwiseError `usage` BAD_SLO, BAD_DURATION, or STUDY_ALONE for what a study cannot be joined with
 */
export function studyFrom({ sweep, slo }: StudyOptions, beside: Beside): StudyRequest | undefined {
  const asked = [...(sweep === true ? ['--sweep'] : []), ...(slo === undefined ? [] : ['--slo'])]
  const [first] = asked
  if (first === undefined) return undefined
  const others = (['rate', 'connections', 'precision', 'control', 'against'] as const)
    .filter((name) => beside[name] !== undefined && beside[name] !== false)
    .map((name) => `--${name}`)
  const [other] = [...asked.slice(1), ...others]
  if (other !== undefined)
    throw usage(
      'STUDY_ALONE',
      `${first} chooses its own rates for each contender and is a run of its own, so it cannot stand beside ${other}: leave one of them out.`,
    )
  return slo === undefined ? { kind: 'sweep' } : { kind: 'slo', limits: limitsFrom(slo) }
}
