/** Toggle: pages are put together by plain functions instead of a template engine. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'compiled-template',
  summary:
    'Build HTML with a hand-written function that escapes only where there is something to escape.',
  family: 'templates',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'Nothing escapes by itself any more: each value that is put in needs its call, and one that is forgotten is a hole.',
  counterpart: 'an f-string with html.escape() in place of Jinja2',
  docs: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Template_literals',
  fill: () => ({
    templates: async () => (await import('../templates/compiled.ts')).compiledTemplates,
  }),
})
