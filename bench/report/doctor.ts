/** Renders what the doctor found: what is wrong first, then everything that was looked at. */
import type { Finding } from '../doctor.ts'
import { wrap } from './wrap.ts'

const signs = { ok: 'ok', note: 'note', fatal: 'FATAL' } as const

const titles = {
  needed: 'Needed',
  optional: 'Wanted by some measurements',
  machine: 'Machine',
  noise: 'Noise, now',
  leftovers: 'Runs',
} as const

const sentence = (findings: readonly Finding[]): string => {
  const names = (state: Finding['state']): string =>
    findings
      .filter((each) => each.state === state)
      .map(({ name }) => name)
      .join(', ')
  const fatal = names('fatal')
  if (fatal !== '') return `Nothing can be measured here yet: ${fatal}.`
  const notes = names('note')
  return notes === ''
    ? 'Everything is there and the machine is quiet.'
    : `You can measure here; worth a look: ${notes}.`
}

/** The whole text, with a line feed at the end. */
export const renderDoctor = (findings: readonly Finding[]): string => {
  const width = Math.max(0, ...findings.map(({ name }) => name.length))
  const sections = [...Map.groupBy(findings, ({ section }) => section)].map(([section, mine]) =>
    [
      titles[section],
      ...mine.flatMap(({ name, state, found, cure }) => [
        wrap(`  ${signs[state].padEnd(5)}  ${name.padEnd(width)}  ${found}`, 11 + width),
        ...(cure === undefined ? [] : [wrap(`${' '.repeat(11 + width)}${cure}`, 11 + width)]),
      ]),
    ].join('\n'),
  )
  return `${[wrap(sentence(findings), 0), ...sections].join('\n\n')}\n`
}
