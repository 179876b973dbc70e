/** Every toggle alone on the baseline, with its defaults and with each choice that its options offer. */
import t from 'tap'
import { loadToggle, toggleNames } from '../../src/profile/resolve.ts'
import type { Toggle } from '../../src/toggle.ts'
import { openTestPostgres } from '../helpers/test-postgres.ts'
import { conformProfile } from './start.ts'

/** Options that each differ from the defaults in one choice. */
function choices({ options }: Toggle): Record<string, unknown>[] {
  return Object.entries(options.properties).flatMap(([key, schema]) => {
    const alternatives = (schema['anyOf'] ?? []) as { const?: unknown }[]
    return alternatives
      .filter((each) => each.const !== undefined && each.const !== schema['default'])
      .map((each) => ({ [key]: each.const }))
  })
}

t.setTimeout(900_000)
const services = await openTestPostgres(t)
t.jobs = 2
for (const name of toggleNames()) {
  const toggle = await loadToggle(name, 'test')
  const needs = (toggle.requires ?? [])
    .filter(({ when }) => when === undefined)
    .map((needed) => `+${needed.toggle}`)
    .join('')
  const specs = [name, ...choices(toggle).map((choice) => `${name}=${JSON.stringify(choice)}`)]
  for (const spec of specs) {
    const bent = `baseline+${spec}${needs}`
    void t.test(bent, { buffered: true }, (t) => conformProfile(t, bent, services))
  }
}
