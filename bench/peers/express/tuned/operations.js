/** Reads of one request at once, and writes of one request by one statement. */
import { selectWorld } from '../database/statements.js'

const updateWorlds =
  'UPDATE world SET random_number = new.number FROM unnest($1::int[], $2::int[]) AS new (id, number) WHERE world.id = new.id'

/** What PostgreSQL calls a statement that it gave up because two waited for each other: it is tried again. */
const deadlockDetected = '40P01'
const mostTries = 5

/** What differs from ../database/operations.js. */
export const tunedOperations = ({ query }) => ({
  readWorlds: (ids) => Promise.all(ids.map(async (id) => (await query(selectWorld, [id]))[0])),
  updateWorlds: async (worlds) => {
    const ids = `{${worlds.map(({ id }) => id).join()}}`
    const numbers = `{${worlds.map(({ randomNumber }) => randomNumber).join()}}`
    for (let tries = 1; ; tries++) {
      try {
        await query(updateWorlds, [ids, numbers])
        return
      } catch (error) {
        if (error.code !== deadlockDetected || tries === mostTries) throw error
      }
    }
  },
})
