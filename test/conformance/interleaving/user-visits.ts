/** Visits to a few users that all clients read, change and delete at once. */
import { withJson } from '../../../bench/contract/probe/bodies.ts'
import { type UserAnswer, userText, type Visitor } from './found.ts'

/** The users with the first ids, so few that reads and writes of one meet; some of the others are deleted. */
const hotUsers = 8
/** Users up to this id may be written. */
export const writtenUsers = 40

/** What a user's register holds once there is no such user. */
const gone = 'gone'
const listed = 10

export interface UserVisits {
  readonly read: () => Promise<void>
  readonly update: () => Promise<void>
  readonly remove: () => Promise<void>
  readonly list: () => Promise<void>
  readonly create: () => Promise<void>
}

export function userVisits({ client, found, random, unique, expect }: Visitor): UserVisits {
  const { users, problems } = found

  const hotId = (): number => 1 + random.below(hotUsers)
  const anyId = (): number => 1 + random.below(writtenUsers)

  const newFields = (): Omit<UserAnswer, 'id'> => {
    const username = unique()
    return { username, email: `${username}@example.com`, age: 18 + random.below(100) }
  }

  const readUser = async (id: number): Promise<void> => {
    const reading = users.read(id)
    const answer = expect('read a user', [200, 404], await client.ask(`/users/${id}`))
    if (answer === undefined) return
    if (answer.status === 404) {
      reading(gone)
      return
    }
    const user = JSON.parse(answer.body) as UserAnswer
    if (user.id !== id) problems.push(`user ${user.id} for ${id}`)
    reading(userText(user))
  }

  return {
    read: () => readUser(random.below(3) === 0 ? anyId() : hotId()),
    async update() {
      const id = random.below(3) === 0 ? anyId() : hotId()
      const fields = newFields()
      const writing = users.write(id, userText(fields))
      const reading = users.read(id)
      const sent = await client.send(withJson('PUT', `/users/${id}`, fields))
      const answer = expect('update a user', [200, 404], sent)
      if (answer === undefined) return
      if (answer.status === 404) {
        writing.undone()
        reading(gone)
        return
      }
      writing.done()
      const user = JSON.parse(answer.body) as UserAnswer
      if (user.id !== id || userText(user) !== userText(fields))
        problems.push(`update of ${id} to ${userText(fields)}: ${answer.body}`)
      await readUser(id)
    },
    async remove() {
      const id = hotUsers + 1 + random.below(writtenUsers - hotUsers)
      const writing = users.write(id, gone)
      const sent = await client.send({ method: 'DELETE', path: `/users/${id}` })
      const answer = expect('delete a user', [204, 404], sent)
      if (answer === undefined) return
      if (answer.status === 204) writing.done()
      else writing.undone()
      await readUser(id)
    },
    async list() {
      const after = random.below(writtenUsers)
      const ids = Array.from({ length: listed }, (_, index) => after + 1 + index)
      const readings = ids
        .filter((id) => id <= writtenUsers)
        .map((id) => [id, users.read(id)] as const)
      const path = `/users?after=${after}&limit=${listed}`
      const answer = expect('list users', [200], await client.ask(path))
      if (answer === undefined) return
      const rows = JSON.parse(answer.body) as UserAnswer[]
      const byId = new Map(rows.map((user) => [user.id, user]))
      const inOrder = rows.every(({ id }, index) => id > (rows[index - 1]?.id ?? after))
      if (!inOrder || rows.length !== listed) problems.push(`${path}: ${answer.body}`)
      for (const [id, reading] of readings) {
        const user = byId.get(id)
        reading(user === undefined ? gone : userText(user))
      }
    },
    /** The same user twice at once: only one of them may be made. */
    async create() {
      const fields = newFields()
      const sent = [1, 2].map(() => client.send(withJson('POST', '/users', fields)))
      const answers = (await Promise.all(sent)).map((each) =>
        expect('create a user', [201, 409], each),
      )
      const made = answers.filter((each) => each?.status === 201)
      if (made.length > 1 || (made.length === 0 && !answers.includes(undefined)))
        problems.push(`${made.length} users ${fields.username} were made`)
      for (const answer of made)
        if (userText(JSON.parse(answer?.body ?? '{}') as UserAnswer) !== userText(fields))
          problems.push(`user ${userText(fields)}: ${answer?.body}`)
    },
  }
}
