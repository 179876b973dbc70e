/** Renders the list of profiles and what is in effect in one for a terminal. */
import type { ProfileFacts, SettingFacts } from '../catalogue.ts'
import { columns } from './columns.ts'
import { settingBeside } from './setting.ts'
import { wrap } from './wrap.ts'

const isOn = ({ options }: SettingFacts): boolean => options !== null

const settingOf = ({ options, subsumedBy }: SettingFacts): string =>
  options === null ? 'off' : settingBeside(options, subsumedBy ?? undefined)

/** Every profile with what it stands for and what is on in it, at most 100 columns wide. */
export const renderProfileList = (profiles: readonly ProfileFacts[]): string => {
  const width = Math.max(0, ...profiles.map(({ name }) => name.length))
  const entries = profiles.map(({ name, description, toggles }) => {
    const on = toggles.filter(isOn).map(({ toggle }) => toggle)
    return [
      wrap(`${name.padEnd(width)}  ${description}`, width + 2),
      wrap(`${' '.repeat(width)}  on: ${on.join(', ') || 'nothing'}`, width + 2),
    ].join('\n')
  })
  return `${[...entries, 'What is set in one, and where: gapwise profiles NAME'].join('\n\n')}\n`
}

/** One profile: each toggle with its effective value and where that was decided. */
export const renderProfile = ({ name, description, chain, toggles }: ProfileFacts): string => {
  const parts = [wrap(`${name}: ${description}`, 0)]
  if (chain.length > 1) parts.push(`Extends: ${chain.join(' → ')}`)
  parts.push(
    toggles.length === 0
      ? 'No toggle is on.'
      : columns([
          ['toggle', 'set by', 'value'],
          ...toggles.map((each) => [each.toggle, each.origin, settingOf(each)]),
        ]).join('\n'),
  )
  return `${parts.join('\n\n')}\n`
}
