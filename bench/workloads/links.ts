/** The URL shortener: one request in ten makes a link, the others follow links. */
import { withJson } from '../contract/probe/bodies.ts'
import { createdCode, linkProblem } from '../contract/links-create.ts'
import { linkRows, seededLink } from '../data/links.ts'
import { createRandom } from '../stats/random.ts'
import type { Ask, Script, Workload } from '../workload.ts'

const follow = (code: string, url: string): Ask => ({
  request: { method: 'GET', path: `/l/${code}` },
  expect: { status: 302, headers: { location: url } },
})

/** A link leads to its URL as soon as it is made. */
const creation: Script = {
  *script(unique) {
    const url = `https://example.com/made/${unique}?ref=gapwise`
    const body = yield {
      request: withJson('POST', '/links', { url }),
      expect: {
        status: 201,
        check: (body) => linkProblem(body, url),
        headers: { location: /^\/l\/[0-9a-z]{7}$/ },
      },
    }
    yield follow(createdCode(body), url)
  },
}

/** A creation is two requests, so of ten requests nine follow. */
const followsPerCreation = 8
const creations = 50

export const workload: Workload = {
  name: 'links',
  summary: 'Of 10 requests 1 makes a short link (POST /links) and 9 follow one (GET /l/CODE).',
  endpoints: ['links-create', 'links-follow'],
  bottleneck: 'database',
  writes: true,
  truth: [
    { table: 'links', counter: 'inserted', perRequest: 1, share: 1 / (2 + followsPerCreation) },
  ],
  requestsPerStep: (2 + followsPerCreation) / (1 + followsPerCreation),
  steps(seed) {
    const random = createRandom(seed)
    const seeded = (): Ask => {
      const { code, url } = seededLink(1 + Math.floor(random.next() * linkRows))
      return follow(code, url)
    }
    return Array.from({ length: creations }, () =>
      random.shuffle([creation, ...Array.from({ length: followsPerCreation }, seeded)]),
    ).flat()
  },
}
