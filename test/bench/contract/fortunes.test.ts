import t from 'tap'
import { fortunesProblem } from '../../../bench/contract/fortunes.ts'
import { decodeText } from '../../../bench/contract/probe/page.ts'
import { openTestPostgres } from '../../helpers/test-postgres.ts'
import { escaped, html, page, problemsOf, right, sayings, text } from './fixture-server.ts'

t.test('the way to write the page is free', async (t) => {
  const plain = page()
  t.equal(fortunesProblem(plain), undefined)
  t.equal(fortunesProblem(plain.replaceAll('><', '>\n  <')), undefined, 'white space')
  t.equal(fortunesProblem(plain.replaceAll('<td>', '<td class="x" >')), undefined, 'attributes')
  t.equal(fortunesProblem(plain.replaceAll('TR>', 'tr>')), undefined, 'case')
  t.equal(
    fortunesProblem(plain.replace('<title>', '<meta charset="utf-8"><title>')),
    undefined,
    'meta',
  )
  const otherwise = (message: string): string =>
    escaped(message).replaceAll('&#60;', '&lt;').replaceAll('&#62;', '>').replaceAll('&#39;', "'")
  t.equal(fortunesProblem(page(undefined, otherwise)), undefined, 'the choice of references')
})

t.test('references are decoded once', async (t) => {
  t.equal(decodeText('&lt;&#60;&#x3c;&amp;lt;&quot;&#x27;&apos;&mdash;'), `<<<&lt;"''—`)
  t.equal(decodeText('fish & chips &nosuch; &#x110000;'), 'fish & chips &nosuch; &#x110000;')
})

const { postgres } = await openTestPostgres(t)

const faults: Record<string, [body: string, named: RegExp]> = {
  'a message as it stands': [
    page(undefined, (message) => message),
    /found <script> for "<script>alert/,
  ],
  'a message escaped twice': [page(undefined, (each) => escaped(escaped(each))), /found "&#60;/],
  'no fortune of the request': [
    page(sayings.filter(({ id }) => id !== 0).toSorted((a, b) => (a.message < b.message ? -1 : 1))),
    /found "3" for "0"/,
  ],
  'the order of the table': [page(sayings), /found "1" for "11"/],
  'the order of ids': [page(sayings.toSorted((a, b) => a.id - b.id)), /found "0" for "11"/],
  'letters lost': [
    page(undefined, (each) => escaped(each).replaceAll(/[^\0-\xFF]/g, '?')),
    /found "\?+" for "フレームワーク|found ".*\? /,
  ],
  'tags taken out': [
    page(undefined, (each) => each.replaceAll(/<[^>]*>/g, '')),
    /found "alert.* for "<script>/,
  ],
  'a column too many': [page().replaceAll('</td></tr>', '</td><td>1</td></tr>'), /found <td> for/],
  'two rows with id 0': [page().replace(/<tr><td>0<.*?<\/tr>/, '$&$&'), /found "0" for "3"/],
  'one row too few': [page().replace(/<tr><td>12.*?<\/tr>/, ''), /<\/table> for <tr>/],
  'another title': [page().replace('Fortunes', 'Sayings'), /"Sayings" for "Fortunes"/],
  'no doctype': [page().replace('<!doctype html>', ''), /found <html> for <!doctype html>/],
  'something after the end': [`${page()}<p>`, /<p> after the end/],
  'half a page': [page().slice(0, 300), /for/],
}

t.test('each planted fault is named', async (t) => {
  for (const [name, [body, named]] of Object.entries(faults)) {
    const problems = await problemsOf({ '/fortunes': html(body) }, ['fortunes'], { clock: false })
    t.equal(problems.length, 1, name)
    t.match(problems[0], named, name)
  }
})

t.test('the charset must be said', async (t) => {
  const wrong = { '/fortunes': text(page(), 'text/html') }
  t.match(await problemsOf(wrong, ['fortunes'], { clock: false }), [
    /expected Content-Type text\/html; charset=utf-8, found text\/html$/,
  ])
})

t.test('a page that is kept is noticed, and the table is as before', async (t) => {
  const databaseUrl = await postgres.createDatabase('fortunes kept')
  const options = { clock: false, databaseUrl }
  t.match(
    await problemsOf({ '/fortunes': right['/fortunes'] ?? html('') }, ['fortunes'], options),
    [/expected a page with the fortune just written, found "11" for "13"/],
  )
  t.match(
    await problemsOf({}, ['fortunes'], options),
    [/just written/],
    'the row could be written a second time',
  )
})
