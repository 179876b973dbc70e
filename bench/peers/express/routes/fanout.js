/** The merge of three services, asked at once. */
import express from 'express'
import { offersAnswer, ordersAnswer, profileAnswer } from '../schemas.js'
import { askWith } from '../upstream.js'

export function fanoutRoutes({ routing, compileCheck, upstream }) {
  const router = express.Router(routing)
  const askProfile = askWith(upstream, compileCheck(profileAnswer))
  const askOrders = askWith(upstream, compileCheck(ordersAnswer))
  const askOffers = askWith(upstream, compileCheck(offersAnswer))

  router.get('/fanout', async (req, res) => {
    const [{ name, tier }, { open, last }, { ids }] = await Promise.all([
      askProfile('/profile'),
      askOrders('/orders'),
      askOffers('/offers'),
    ])
    // Field by field: what a service says besides is not passed on.
    res.json({ profile: { name, tier }, orders: { open, last }, offers: { ids } })
  })

  return router
}
