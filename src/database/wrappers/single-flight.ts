/** Wrapper: requests that ask for the same user at the same time share one query. */
import type { User, Wrapper } from '../../database.ts'

/** Behind the row cache, which asks only for what it lacks. */
const order = 50

/**
 * Shares reads of users. A read that began before a write to its row was answered is joined by nobody
 * who comes after the answer, so whoever has written reads what it wrote.
 */
export const shareReads: Wrapper = {
  order,
  wrap(database) {
    const flights = new Map<number, Promise<User | undefined>>()

    const readUser = (id: number): Promise<User | undefined> => {
      const known = flights.get(id)
      if (known !== undefined) return known
      const flight = database.readUser(id).finally(() => {
        if (flights.get(id) === flight) flights.delete(id)
      })
      flights.set(id, flight)
      return flight
    }

    const writing = <T>(id: number, write: () => Promise<T>): Promise<T> => {
      flights.delete(id)
      return write().finally(() => flights.delete(id))
    }

    return {
      ...database,
      readUser,
      // Somebody may have asked for the next id just before it came to be.
      createUser: async (fields) => {
        const user = await database.createUser(fields)
        flights.delete(user.id)
        return user
      },
      updateUser: (id, fields) => writing(id, () => database.updateUser(id, fields)),
      deleteUser: (id) => writing(id, () => database.deleteUser(id)),
    }
  },
}
