/** Routes that need nothing but the processor, and the merge of three services. */
import { parseCount } from '../count.js'
import { send, sendJson } from '../respond.js'
import { badGateway } from '../upstream.js'

/** Walks every start from 1 to n; the first of equals wins. */
function longestCollatz(n) {
  let best = 1
  let most = 0
  for (let start = 1; start <= n; start++) {
    let value = start
    let steps = 0
    while (value !== 1) {
      value = value % 2 === 0 ? value / 2 : 3 * value + 1
      steps++
    }
    if (steps > most) {
      best = start
      most = steps
    }
  }
  return { n, start: best, steps: most }
}

export const basicRoutes = ({ upstream }) => ({
  'GET /plaintext': async ({ res }) => send(res, 200, 'text/plain', 'Hello, World!'),

  'GET /json': async ({ res }) => sendJson(res, { message: 'Hello, World!' }),

  'GET /cpu': async ({ res, query }) =>
    sendJson(res, longestCollatz(parseCount(query.get('n'), { max: 100_000, bad: 1000 }))),

  'GET /fanout': async ({ res }) => {
    const [profile, orders, offers] = await Promise.all([
      upstream.get('/profile'),
      upstream.get('/orders'),
      upstream.get('/offers'),
    ])
    if (!profile || !orders || !offers) throw badGateway('a service answered with nothing')
    // Field by field: what a service says besides is not passed on.
    sendJson(res, {
      profile: { name: profile.name, tier: profile.tier },
      orders: { open: orders.open, last: orders.last },
      offers: { ids: offers.ids },
    })
  },
})
