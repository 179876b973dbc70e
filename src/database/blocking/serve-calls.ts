/** The other side of a blocking call: a thread with one connection runs statements and wakes who waits. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Session } from '../../database.ts'
import type { Place, PlaceSettings } from '../place.ts'
import { type Answer, type Call, type Task, type ThreadData, toSent } from './call.ts'

/** Serves until it is told to close. Calls come one at a time: whoever makes them is blocked meanwhile. */
export function serveCalls(openPlace: (settings: PlaceSettings) => Place): void {
  const { settings, port, answered } = workerData as ThreadData
  const place = openPlace(settings)
  let session: Session | undefined

  const run = ({ statement, values, goesOn }: Call): Promise<unknown[]> => {
    if (!goesOn) session = place.session()
    if (session === undefined) throw new Error('The connection of this transaction is gone.')
    return session.query(statement, values)
  }

  const answerTo = async (call: Call): Promise<void> => {
    const answer = (given: Answer): void => port.postMessage(given)
    try {
      answer({ rows: await run(call) })
    } catch (error) {
      // Rows that cannot be sent are an error too: nobody may wait for an answer that never comes.
      answer({ error: toSent(error) })
    }
    Atomics.store(answered, 0, 1)
    Atomics.notify(answered, 0)
  }

  port.on('message', (task: Task) => {
    if (task === 'discard') place.discard()
    else if (task === 'close') void place.close().finally(() => port.close())
    else void answerTo(task.call)
  })
  parentPort?.postMessage('ready')
}
