/** Reads of single rows of table world by concurrent requests become one query. */
import DataLoader from 'dataloader'
import { isOfStatement } from './failure.js'

const mostIds = 256

const selectWorlds =
  'SELECT id, random_number AS "randomNumber" FROM world WHERE id = ANY($1::int[])'

/** @returns rows in the order of the ids, with an error in the place of each that could not be read */
async function readBatch(query, ids) {
  try {
    const found = await query(selectWorlds, [`{${ids.join()}}`])
    const rows = new Map(found.map((row) => [row.id, row]))
    return ids.map((id) => rows.get(id) ?? new Error(`table world lacks row ${id}`))
  } catch (error) {
    if (ids.length === 1 || !isOfStatement(error)) return ids.map(() => error)
    // One read may be to blame, and the others shall not fail with it.
    const half = Math.ceil(ids.length / 2)
    const first = await readBatch(query, ids.slice(0, half))
    return [...first, ...(await readBatch(query, ids.slice(half)))]
  }
}

/** Gathers ids while a query is under way, so nothing waits when there is none. */
function makeLoader(query) {
  /** What sends the batches that are gathered, the oldest first. */
  const waiting = []
  let isUnderWay = false

  const sendNext = () => {
    const send = waiting.shift()
    isUnderWay = send !== undefined
    send?.()
  }

  return new DataLoader((ids) => readBatch(query, ids).finally(sendNext), {
    // A row that was read for one request is no answer to a later one.
    cache: false,
    maxBatchSize: mostIds,
    batchScheduleFn: (send) => {
      waiting.push(send)
      if (isUnderWay) return
      isUnderWay = true
      // Not at once: the id that a batch is made for comes into it after this.
      queueMicrotask(sendNext)
    },
  })
}

/** What differs from ../tuned/operations.js. */
export function batchedReads({ query }) {
  const loader = makeLoader(query)
  return {
    readWorld: (id) => loader.load(id),
    readWorlds: (ids) => Promise.all(ids.map((id) => loader.load(id))),
  }
}
