/** A driver that answers from memory: for tests of the server that need no database. */
import type { Connections, Driver, Session } from '../../src/database.ts'

/** Connections that are one session. */
export const connectionsOf = (session: Session): Connections => ({
  ...session,
  withSession: (work) => work(session),
  transaction: (work) => work(session),
  close: async () => {},
})

/** Rows are `{ id, randomNumber: id }`; every statement and its values are recorded in `log`. */
export function fakeDriver(log: [name: string, values: readonly unknown[]][] = []): Driver {
  const session: Session = {
    query: async <Row>(statement: { name: string }, values: readonly unknown[]) => {
      log.push([statement.name, values])
      return [{ id: values[0], randomNumber: values[0] }] as Row[]
    },
  }
  return {
    name: 'fake',
    open: async () => connectionsOf(session),
  }
}
