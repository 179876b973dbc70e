/** Connections that are ended while requests are under way. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Picker } from '../../../bench/data/picker.ts'
import { type TestPostgres, terminateConnections } from '../../helpers/test-postgres.ts'
import type { Found } from './found.ts'

/** How often at least; and at most, where that does no harm. */
const leastEndings = 8
const mostEndings = 200

/** Ends all connections of a database now and then, until that was felt; returns how many there were. */
export async function endNowAndThen(
  admin: TestPostgres['admin'],
  databaseUrl: string,
  found: Found,
  random: Picker,
): Promise<number> {
  let ended = 0
  for (let each = 0; each < leastEndings || (found.failures === 0 && each < mostEndings); each++) {
    await sleep(20 + random.below(120))
    ended += await terminateConnections(admin, databaseUrl)
  }
  return ended
}
