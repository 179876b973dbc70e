/** All rows of a request written by one statement. */
import type { MakeOperation } from '../database.ts'
import { codeOf } from './failure.ts'
import { updateWorlds } from './statements.ts'

/** What PostgreSQL calls a statement that it gave up because two waited for each other; drivers keep its code. */
const deadlockDetected = '40P01'
const mostTries = 5

const isDeadlock = (error: unknown): boolean => codeOf(error) === deadlockDetected

/** Drivers differ in what they make of a list, and in whether they ask for its type first; text is text. */
const arrayText = (numbers: readonly number[]): string => `{${numbers.join()}}`

/**
 * Two statements that lock the same rows in different orders end in a deadlock. The ids ascend, and the plan for at
 * most 500 of 10,000 rows (a nested loop over the arrays, seen with random_page_cost 1.1 and 4) locks in that order,
 * so none was seen. Locking in order by a statement that says so (SELECT … ORDER BY id FOR UPDATE first) made 500
 * rows half as dear again; a plan that some other server may choose is met by trying again instead. PostgreSQL has
 * then undone the whole statement.
 */
export const bulkUpdateWorlds: MakeOperation<'updateWorlds'> = (connections) => async (worlds) => {
  const values = [
    arrayText(worlds.map(({ id }) => id)),
    arrayText(worlds.map(({ randomNumber }) => randomNumber)),
  ]
  for (let tries = 1; ; tries++) {
    try {
      await connections.query(updateWorlds, values)
      return
    } catch (error) {
      if (!isDeadlock(error) || tries === mostTries) throw error
    }
  }
}
