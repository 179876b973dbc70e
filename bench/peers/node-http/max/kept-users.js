/**
 * Users that were read or written stay in this process, and reads of one user at the same time share a query.
 * Once a write is answered, nobody who asks gets what was read before it.
 */
import { LRUCache } from 'lru-cache'
import { isWithoutEffect } from './failure.js'

const mostUsers = 1000

/** What differs from ../database/operations.js, which does the reading and the writing. */
export function keptUsers({ createUser, readUser, updateUser, deleteUser }) {
  const kept = new LRUCache({ max: mostUsers })
  /** By id: the read under way that others may still join. */
  const reads = new Map()
  /** By id: how many writes have begun since there was none, and how many of them may still change the row. */
  const writes = new Map()

  const startRead = (id) => {
    const read = readUser(id)
      .then((user) => {
        // Where a write has come between, or is under way, the row may be from before it.
        const isLast = reads.get(id) === read && !writes.has(id)
        if (isLast && user !== undefined) kept.set(id, user)
        return user
      })
      .finally(() => {
        if (reads.get(id) === read) reads.delete(id)
      })
    reads.set(id, read)
    return read
  }

  const beginWrite = (id) => {
    const overlapping = writes.get(id) ?? { begun: 0, underWay: 0 }
    overlapping.begun++
    overlapping.underWay++
    writes.set(id, overlapping)
    kept.delete(id)
    reads.delete(id)
  }

  const endWrite = (id, user) => {
    const overlapping = writes.get(id)
    if (--overlapping.underWay > 0) return
    writes.delete(id)
    // Of writes that overlap nobody knows which was the last.
    if (overlapping.begun === 1 && user !== undefined) kept.set(id, user)
  }

  /** @param rowOf the row as the write left it, where its result tells */
  const write = async (id, change, rowOf) => {
    beginWrite(id)
    try {
      const result = await change()
      endWrite(id, rowOf(result))
      return result
    } catch (error) {
      // A write whose fate is unknown may still be done at any time: it never ends, so its row is not kept any more.
      if (isWithoutEffect(error)) endWrite(id)
      throw error
    } finally {
      // Reads that began beside the write may not have seen it.
      reads.delete(id)
    }
  }

  return {
    readUser: async (id) => kept.get(id) ?? reads.get(id) ?? startRead(id),
    createUser: async (fields) => {
      const user = await createUser(fields)
      // Somebody may have asked for this id just before it came to be.
      reads.delete(user.id)
      return user
    },
    updateUser: (id, fields) =>
      write(
        id,
        () => updateUser(id, fields),
        (user) => user,
      ),
    deleteUser: (id) =>
      write(
        id,
        () => deleteUser(id),
        () => undefined,
      ),
  }
}
