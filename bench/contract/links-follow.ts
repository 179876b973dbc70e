/** What GET /l/:code owes: 302 to the URL, or 404 whatever stands in the code's place. */
import type { Case, EndpointContract } from '../contract.ts'
import { linkRows, seededLink } from '../data/links.ts'
import { refusal } from './probe/problem.ts'

const follow = (code: string): Case['request'] => ({ method: 'GET', path: `/l/${code}` })

const seeded = (n: number): Case => {
  const { code, url } = seededLink(n)
  return {
    request: follow(code),
    expected: 'any body',
    statuses: [302],
    headers: { location: url },
    check: () => undefined,
    seeded: true,
  }
}

/** The digits of base 36 from the end: no seeded code. */
const unknown = 'zyxwvut'

export const contract: EndpointContract = {
  name: 'links-follow',
  measured: true,
  cases: [
    // The first one has a body, so its headers can be looked at as everywhere.
    refusal(follow(unknown), 404),
    ...[1, 2, 42, 500, linkRows].map(seeded),
    ...['a', `${unknown}a`, unknown.toUpperCase(), '%00', '%F0%9F%99%82', "'--"].map((code) =>
      refusal(follow(code), 404),
    ),
  ],
  probe: { request: follow(seededLink(1).code), status: 302 },
}
