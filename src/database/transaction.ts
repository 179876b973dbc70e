/** A transaction on a session that nobody else uses meanwhile. */
import type { Session } from '../database.ts'
import { begin, commit, rollback } from './statements.ts'

/**
 * @param discard called when even the rollback fails: the connection's state is unknown, so it may not serve again
 */
export async function inTransaction<T>(
  session: Session,
  work: (session: Session) => Promise<T>,
  discard: (error: Error) => void,
): Promise<T> {
  await session.query(begin, [])
  try {
    const result = await work(session)
    await session.query(commit, [])
    return result
  } catch (error) {
    await session
      .query(rollback, [])
      .catch((failure: unknown) =>
        discard(failure instanceof Error ? failure : new Error(String(failure))),
      )
    throw error
  }
}
