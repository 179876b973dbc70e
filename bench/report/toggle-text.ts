/** Renders the list of toggles and the page of one for a terminal. */
import type { ToggleFacts } from '../catalogue.ts'
import { columns } from './columns.ts'
import { effectRows } from './effect.ts'
import { findingsOf } from './toggle-finding.ts'
import {
  byFamily,
  factsOf,
  measureCommand,
  measuredWords,
  recipeWords,
  summaryOf,
} from './toggle-words.ts'
import { wrap } from './wrap.ts'

/** Every toggle with its summary, grouped by family, at most 100 columns wide. */
export const renderToggleList = (toggles: readonly ToggleFacts[]): string => {
  const width = Math.max(0, ...toggles.map(({ name }) => name.length))
  const groups = byFamily(toggles).map(([family, members]) =>
    [
      family,
      ...members.map((toggle) =>
        wrap(`  ${toggle.name.padEnd(width)}  ${summaryOf(toggle)}`, width + 4),
      ),
    ].join('\n'),
  )
  return `${[...groups, "One toggle's page: gapwise toggles NAME"].join('\n\n')}\n`
}

function renderMeasured(toggle: ToggleFacts): string[] {
  const { measured } = toggle
  if (measured.length === 0) return [`Not measured yet. Measure it:\n  ${measureCommand(toggle)}`]
  const findings = findingsOf(toggle).map((sentence) => wrap(sentence, 2))
  const tables = measured.map((each) =>
    [wrap(`Measured, ${measuredWords(each)}:`, 0), ...columns(effectRows(each.comparisons))].join(
      '\n',
    ),
  )
  return [...(findings.length === 0 ? [] : [findings.join('\n')]), ...tables]
}

function renderRecipe(toggle: ToggleFacts): string[] {
  const { recipe } = toggle
  if (recipe === null) return []
  return [
    wrap(`Recipe (${recipe.folder}). ${recipeWords(toggle)}`, 0),
    recipe.diff
      .split('\n')
      .map((line) => `  ${line}`.trimEnd())
      .join('\n'),
  ]
}

/** A toggle's page; only code, commands and addresses may be wider than 100 columns. */
export const renderTogglePage = (toggle: ToggleFacts): string => {
  const head = wrap(`${toggle.name} (${toggle.family}): ${summaryOf(toggle)}`, 2)
  const facts = factsOf(toggle).map(([label, text], index, all) => {
    // A label of several facts stands before the first of them.
    const shown = all[index - 1]?.[0] === label ? '' : label
    const line = `  ${shown.padEnd(9)} ${text}`
    // An address is not broken, nor put on a line of its own.
    return text.includes(' ') ? wrap(line, 12) : line
  })
  return `${[`${head}\n${facts.join('\n')}`, ...renderMeasured(toggle), ...renderRecipe(toggle)].join('\n\n')}\n`
}
