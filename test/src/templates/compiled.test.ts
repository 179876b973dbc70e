import Handlebars from 'handlebars'
import t from 'tap'
import { decodeText } from '../../../bench/contract/probe/page.ts'
import { picker } from '../../../bench/data/picker.ts'
import { compiledTemplates, escapeHtml } from '../../../src/templates/compiled.ts'
import { handlebarsTemplates } from '../../../src/templates/handlebars.ts'

const pieces: readonly [string, ...string[]] = [
  '&amp;',
  ...Array.from(`&<>"'\`=/;#x`),
  '&#60;',
  '&lt',
  '<script>',
  '-->',
  ']]>',
  '${x}',
  '{{message}}',
  'フォーチュン',
  '😀',
  '\uD800',
  '\u0000',
  '\u2028',
  '\r\n',
  ' ',
  'plain text',
  'a',
]
const texts = 5000

const choose = picker(20_251_121)
const randomText = (): string =>
  Array.from({ length: choose.below(12) }, () => choose.of(pieces)).join('')

t.test(`${texts} random texts are escaped as by the engine`, async (t) => {
  const wrong = Array.from({ length: texts }, randomText).filter((text) => {
    const escaped = escapeHtml(text)
    return (
      escaped !== Handlebars.escapeExpression(text) ||
      decodeText(escaped) !== text ||
      /[<>"']|&(?!(?:amp|lt|gt|quot|#x[0-9A-F]+);)/.test(escaped)
    )
  })
  t.strictSame(wrong, [])
})

t.test('pages are those of the engine, byte for byte', async (t) => {
  const engine = handlebarsTemplates()
  for (let count = 0; count < 40; count++) {
    const fortunes = Array.from({ length: count }, (_, id) => ({ id, message: randomText() }))
    const page = compiledTemplates.fortunes(fortunes)
    t.equal(page, engine.fortunes(fortunes), `${count} fortunes`)
    t.equal(page.match(/<tr>/g)?.length, count + 1, 'one row for each and the heading')
  }
})
