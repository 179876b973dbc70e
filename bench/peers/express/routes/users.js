/** Users: made, read, changed, removed and listed. Mounted at /users. */
import express from 'express'
import createError from 'http-errors'
import { checkBody } from '../body.js'
import { userFields, usersQuery } from '../schemas.js'

const greatestId = 2_147_483_647

/** 404 for what no row can have. */
function parseId(param) {
  if (!/^[1-9]\d{0,9}$/.test(param) || Number(param) > greatestId) throw createError(404)
  return Number(param)
}

const orNotFound = (user) => {
  if (user === undefined) throw createError(404)
  return user
}

export function userRoutes(parts) {
  const { routing, readBody, compileCheck, database, lists, sendUser } = parts
  const router = express.Router(routing)
  const takesUser = [readBody, checkBody(compileCheck(userFields))]
  const checkQuery = compileCheck(usersQuery)

  router.post('/', takesUser, async (req, res) => {
    const user = await database.createUser(req.body)
    res.status(201).location(`/users/${user.id}`).json(user)
  })

  router.get('/', async (req, res) => {
    const { query } = req
    const errors = checkQuery(query)
    if (errors !== undefined) throw createError(422, { errors })
    const { after = '0', limit = '20' } = query
    // No user comes after the greatest id; asking would be an error of the database.
    const none = Number(after) > greatestId
    lists.users(res, none ? [] : await database.listUsers(Number(after), Number(limit)))
  })

  router.get('/:id', async (req, res) => {
    sendUser(res, orNotFound(await database.readUser(parseId(req.params.id))))
  })

  router.put('/:id', takesUser, async (req, res) => {
    res.json(orNotFound(await database.updateUser(parseId(req.params.id), req.body)))
  })

  router.delete('/:id', async (req, res) => {
    orNotFound(await database.deleteUser(parseId(req.params.id)))
    res.status(204).end()
  })

  return router
}
