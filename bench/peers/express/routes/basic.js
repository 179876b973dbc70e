/** Routes that need nothing but the processor. */
import express from 'express'
import { parseCount } from '../count.js'

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

export function basicRoutes({ routing }) {
  const router = express.Router(routing)

  router.get('/plaintext', (req, res) => {
    res.type('text/plain').send('Hello, World!')
  })

  router.get('/json', (req, res) => {
    res.json({ message: 'Hello, World!' })
  })

  router.get('/cpu', (req, res) => {
    res.json(longestCollatz(parseCount(req.query.n, { max: 100_000, bad: 1000 })))
  })

  return router
}
