/** What POST /links owes: 201 with a code that leads to the URL, and refusals that name the field. */
import type { EndpointContract, Stage } from '../contract.ts'
import { badBodies, withJson } from './probe/bodies.ts'
import { keysProblem, parseObject } from './probe/json.ts'
import { blame, refusal } from './probe/problem.ts'

const path = '/links'
const code = /^[0-9a-z]{7}$/
const good = { url: 'https://example.com/contract' }

/** What is wrong with an answer to the creation of a link, if anything. */
export function linkProblem(body: string, url: string): string | undefined {
  const link = parseObject(body)
  if (typeof link === 'string') return link
  const wrongKeys = keysProblem(link, ['code', 'url'])
  if (wrongKeys !== undefined) return wrongKeys
  if (typeof link['code'] !== 'string' || !code.test(link['code']))
    return `code ${JSON.stringify(link['code'])}`
  return link['url'] === url ? undefined : `url ${JSON.stringify(link['url'])}`
}

/** The code in the answer to a creation that has passed its check. */
export const createdCode = (body: string): string => (JSON.parse(body) as { code: string }).code

const longest = `https://example.com/${'a'.repeat(2048 - 'https://example.com/'.length)}`
const goodUrls = [
  'https://example.com/a?b=c&d=%20e#f',
  'http://127.0.0.1:8080/',
  'https://a-1.example.com:65535/',
  'https://example.com/quote\'and"more<b>',
  longest,
]

async function createAndFollow(stage: Stage): Promise<void> {
  for (const url of goodUrls) {
    const request = withJson('POST', path, { url })
    const { status, headers, body } = await stage.askFor([201], request)
    if (status !== 201) continue
    const wrong = linkProblem(body, url)
    if (wrong !== undefined) {
      stage.problem(request, '{"code","url"}', wrong)
      continue
    }
    const made = createdCode(body)
    if (headers['location'] !== `/l/${made}`)
      stage.problem(request, `Location /l/${made}`, String(headers['location']))
    const follow = { method: 'GET' as const, path: `/l/${made}` }
    const answer = await stage.askFor([302], follow)
    if (answer.headers['location'] !== url)
      stage.problem(follow, `Location ${url.slice(0, 80)}`, String(answer.headers['location']))
    const rows = await stage.sql?.(
      'DELETE FROM links WHERE code = $1 AND url = $2 RETURNING code',
      [made, url],
    )
    if (rows?.length === 0) stage.problem(request, 'a row in table links', 'none')
  }
}

const badUrls: readonly unknown[] = [
  '',
  'example.com',
  '/path',
  'ftp://example.com/',
  'javascript:alert(1)',
  'https://',
  'https:///path',
  'https://example..com/',
  'https://.example.com/',
  'https://example.com:65536/',
  'https://example.com:99999/',
  'https://example.com:123456/',
  'https://example.com/a b',
  'https://example.com/\r\nset-cookie: a=b',
  'https://example.com/\0',
  ' https://example.com/',
  `${longest}a`,
  42,
  null,
  ['https://example.com/'],
]

export const contract: EndpointContract = {
  name: 'links-create',
  mediaType: 'application/json',
  measured: true,
  cases: [
    blame(withJson('POST', path, {}), ['url']),
    ...badUrls.map((url) => blame(withJson('POST', path, { url }), ['url'])),
    refusal(withJson('POST', path, { url: 'https://example.com/\ud800' }), 400, 422),
    ...badBodies('POST', path, good),
  ],
  scenarios: [
    {
      // There is no way to remove a link: where the database is out of sight, these stay.
      title: 'links are made and lead to their URLs',
      needs: ['links-follow'],
      run: createAndFollow,
    },
  ],
  probe: { request: withJson('POST', path, {}), status: 422, after: 'links-follow' },
}
