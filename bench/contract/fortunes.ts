/** What GET /fortunes owes: a page with every fortune and one more, sorted by message, escaped. */
import type { EndpointContract, Scenario } from '../contract.ts'
import { type Fortune, fortune } from '../data/fortune.ts'
import type { Request } from '../workload.ts'
import { pageTokens, textToken } from './probe/page.ts'

const request: Request = { method: 'GET', path: '/fortunes' }
const expected = 'the page of fortunes, sorted by message and escaped'

const added: Fortune = { id: 0, message: 'Additional fortune added at request time.' }
const byId = new Map([added, ...fortune.rows()].map((each) => [each.id, each]))

/** The order that TechEmpower's verifier expects. */
const sortedIds = [11, 4, 5, 2, 8, 0, 3, 7, 10, 6, 9, 1, 12]
const sorted: readonly Fortune[] = sortedIds.flatMap((id) => byId.get(id) ?? [])

const element = (name: string, ...inner: string[]): string[] => [
  `<${name}>`,
  ...inner,
  `</${name}>`,
]

/** Every tag and text of the page, but for white space, attributes and what TechEmpower ignores. */
const tokensOf = (fortunes: readonly Fortune[]): string[] => [
  '<!doctype html>',
  ...element(
    'html',
    ...element('head', ...element('title', textToken('Fortunes'))),
    ...element(
      'body',
      ...element(
        'table',
        ...element('tr', ...element('th', textToken('id')), ...element('th', textToken('message'))),
        ...fortunes.flatMap(({ id, message }) =>
          element(
            'tr',
            ...element('td', textToken(String(id))),
            ...element('td', textToken(message)),
          ),
        ),
      ),
    ),
  ),
]

/** What is wrong with the page that should show these fortunes in this order, if anything. */
export function fortunesProblem(
  body: string,
  fortunes: readonly Fortune[] = sorted,
): string | undefined {
  const wanted = tokensOf(fortunes)
  const found = pageTokens(body)
  const wrong = wanted.findIndex((token, index) => token !== found[index])
  if (wrong >= 0) return `${found[wrong] ?? 'the end'} for ${wanted[wrong]}`
  return found.length === wanted.length ? undefined : `${found[wanted.length]} after the end`
}

/** Full of what must be escaped, and before every other message. */
const hostile: Fortune = { id: 13, message: `<b title="&lt;">Fish & chips' price > 1</b>` }

/** Otherwise the page never changes, and one kept from an earlier request would not be noticed. */
const readAnew: Scenario = {
  title: 'a fortune that is written into the table is on the next page, escaped',
  async run({ askFor, problem, sql }) {
    if (sql === undefined) return
    await sql('INSERT INTO fortune (id, message) VALUES ($1, $2)', [hostile.id, hostile.message])
    try {
      const { body } = await askFor([200], request)
      const reason = fortunesProblem(body, [hostile, ...sorted])
      if (reason !== undefined) problem(request, 'a page with the fortune just written', reason)
    } finally {
      await sql('DELETE FROM fortune WHERE id = $1', [hostile.id])
    }
  },
}

export const contract: EndpointContract = {
  name: 'fortunes',
  mediaType: 'text/html',
  measured: true,
  cases: [{ request, expected, check: (body) => fortunesProblem(body) }],
  scenarios: [readAnew],
}
