/** Renders the floor of a machine: how far two identical servers seem to differ on it. */
import { deltaOn, usualDelta, worstFloor, type Floor, type Noise } from '../result/floor.ts'
import { columns } from './columns.ts'
import { isShown, metricNames } from './effect.ts'
import { percent, ratio } from './units.ts'
import { wrap } from './wrap.ts'

const nameOf = ({ metric }: Floor): string => (isShown(metric) ? metricNames[metric] : metric)

/** The answer in a sentence. */
export const noiseSentence = (noise: Noise): string => {
  const worst = worstFloor(noise)
  if (worst === undefined) return 'No metric that verdicts are read from has an interval here.'
  const lead = noise.firm ? 'Two' : `Indicative (${noise.blocks} blocks): two`
  return (
    `${lead} identical servers differ by up to ${percent(worst.floor)} % here ` +
    `(${nameOf(worst)} on ${worst.workload}); a difference below that is not shown.`
  )
}

const limitSentence = (noise: Noise): string => {
  if (!noise.firm)
    return `It does not move the limit of "same" (${percent(usualDelta)} %): that takes a whole run of eight blocks or more on a quiet machine, such as --budget 3m.`
  const delta = deltaOn(noise)
  return delta > usualDelta
    ? `That is more than ${percent(usualDelta)} %, so on this machine "same" means within ${percent(delta)} % in later runs.`
    : `That is within ${percent(usualDelta)} %, so "same" goes on to mean within ${percent(usualDelta)} %.`
}

/** The whole text, with a line feed at the end. */
export const renderNoise = (noise: Noise, paths: { result: string; noise?: string }): string => {
  const { cpu, cores, kernel, node } = noise.fingerprint
  const rows = noise.floors
    .filter(({ metric }) => isShown(metric))
    .map((floor) => [
      `${floor.workload}, ${floor.connections} connections`,
      nameOf(floor),
      `${ratio(floor.ratio, 3)} (${ratio(floor.low, 3)} to ${ratio(floor.high, 3)})`,
      `half-width ${percent(floor.halfWidth)} %`,
    ])
  return `${[
    wrap(noiseSentence(noise), 0),
    wrap(limitSentence(noise), 0),
    [
      `${noise.contender} against itself, second / first with ${percent(noise.confidence)} % interval, ${noise.blocks} blocks:`,
      ...columns(rows),
    ].join('\n'),
    [
      wrap(`machine  ${cores} x ${cpu}, kernel ${kernel}, Node ${node}`, 9),
      ...(paths.noise === undefined ? [] : [`kept     ${paths.noise}`]),
      `result   ${paths.result}`,
    ].join('\n'),
  ].join('\n\n')}\n`
}
