/** A few connections that all requests share: statements are prepared once, and sent without waiting for earlier answers. */
import postgres from 'postgres'

/** @param max the most connections of this process */
export function openPipelined(url, max) {
  // No array types are read, so they need not be asked for.
  const sql = postgres(url, { max, fetch_types: false })
  const queryOf = (session) => (text, values) => session.unsafe(text, values, { prepare: true })
  const query = queryOf(sql)
  return {
    query,
    withClient: (work) => work(query),
    transaction: (work) => sql.begin((session) => work(queryOf(session))),
    close: () => sql.end({ timeout: 5 }),
  }
}
