/** Users: made, read, changed, removed and listed. */
import { bodyReader } from '../body.js'
import { Problem, sendJson } from '../respond.js'

const greatestId = 2_147_483_647

const readFields = bodyReader({
  type: 'object',
  required: ['username', 'email', 'age'],
  additionalProperties: false,
  properties: {
    username: { type: 'string', pattern: '^[A-Za-z0-9_.-]{3,50}$' },
    email: { type: 'string', format: 'email', maxLength: 254 },
    age: { type: 'integer', minimum: 18, maximum: 150 },
  },
})

/** 404 for what no row can have. */
function parseId(param) {
  if (!/^[1-9]\d{0,9}$/.test(param) || Number(param) > greatestId) throw new Problem(404)
  return Number(param)
}

const orNotFound = (user) => {
  if (user === undefined) throw new Problem(404)
  return user
}

/** @returns where the page begins and how long it is; 422 that names each wrong key */
function parsePage(query) {
  const after = query.get('after') ?? '0'
  const limit = query.get('limit') ?? '20'
  const errors = []
  if (!/^\d+$/.test(after)) errors.push({ field: 'after', message: 'must be a whole number' })
  if (!/^([1-9]\d?|100)$/.test(limit)) errors.push({ field: 'limit', message: 'must be 1 to 100' })
  if (errors.length > 0) throw new Problem(422, { errors })
  return { after: Number(after), limit: Number(limit) }
}

export const userRoutes = ({ database, serializers }) => ({
  'POST /users': async ({ req, res }) => {
    const user = await database.createUser(await readFields(req))
    sendJson(res, user, { status: 201, headers: { Location: `/users/${user.id}` } })
  },

  'GET /users': async ({ res, query }) => {
    const { after, limit } = parsePage(query)
    // No user comes after the greatest id; asking would be an error of the database.
    const users = after > greatestId ? [] : await database.listUsers(after, limit)
    sendJson(res, users, { stringify: serializers.users })
  },

  'GET /users/:': async ({ res, param }) => {
    const user = orNotFound(await database.readUser(parseId(param)))
    sendJson(res, user, { stringify: serializers.user })
  },

  'PUT /users/:': async ({ req, res, param }) => {
    const id = parseId(param)
    sendJson(res, orNotFound(await database.updateUser(id, await readFields(req))))
  },

  'DELETE /users/:': async ({ res, param }) => {
    orNotFound(await database.deleteUser(parseId(param)))
    res.writeHead(204, { Server: 'node' }).end()
  },
})
