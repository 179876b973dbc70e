/** Short links: made, and followed. */
import { randomInt } from 'node:crypto'
import express from 'express'
import createError from 'http-errors'
import { checkBody } from '../body.js'
import { linkFields } from '../schemas.js'

const base = 36
const codeLength = 7
/** Five codes that are all taken would mean that the table is nearly full. */
const mostTries = 5

const randomCode = () =>
  randomInt(base ** codeLength)
    .toString(base)
    .padStart(codeLength, '0')

export function linkRoutes({ routing, readBody, compileCheck, database }) {
  const router = express.Router(routing)

  router.post('/links', readBody, checkBody(compileCheck(linkFields)), async (req, res) => {
    const { url } = req.body
    for (let tries = 0; tries < mostTries; tries++) {
      const code = randomCode()
      if (await database.createLink(code, url)) {
        res.status(201).location(`/l/${code}`).json({ code, url })
        return
      }
    }
    throw new Error(`${mostTries} random codes are taken`)
  })

  router.get('/l/:code', async (req, res) => {
    const { code } = req.params
    const link = /^[0-9a-z]{7}$/.test(code) ? await database.readLink(code) : undefined
    if (link === undefined) throw createError(404)
    // res.redirect would encode the URL anew, and it must be the one that was given.
    res.set('Location', link.url).sendStatus(302)
  })

  return router
}
