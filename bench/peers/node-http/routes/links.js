/** Short links: made, and followed. */
import { randomInt } from 'node:crypto'
import { bodyReader } from '../body.js'
import { Problem, send, sendJson } from '../respond.js'

const base = 36
const codeLength = 7
/** Five codes that are all taken would mean that the table is nearly full. */
const mostTries = 5

const host = '[A-Za-z0-9][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)*\\.?'
const port = '([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])'

const readFields = bodyReader({
  type: 'object',
  required: ['url'],
  additionalProperties: false,
  properties: {
    url: {
      type: 'string',
      maxLength: 2048,
      pattern: `^https?://${host}(:${port})?([/?#][!-~]*)?$`,
    },
  },
})

const randomCode = () =>
  randomInt(base ** codeLength)
    .toString(base)
    .padStart(codeLength, '0')

export const linkRoutes = ({ database }) => ({
  'POST /links': async ({ req, res }) => {
    const { url } = await readFields(req)
    for (let tries = 0; tries < mostTries; tries++) {
      const code = randomCode()
      if (await database.createLink(code, url)) {
        sendJson(res, { code, url }, { status: 201, headers: { Location: `/l/${code}` } })
        return
      }
    }
    throw new Error(`${mostTries} random codes are taken`)
  },

  'GET /l/:': async ({ res, param }) => {
    const link = /^[0-9a-z]{7}$/.test(param) ? await database.readLink(param) : undefined
    if (link === undefined) throw new Problem(404)
    send(res, 302, 'text/plain', `Found: ${link.url}`, { Location: link.url })
  },
})
