/** Toggle (anti): each database call blocks the event loop until it is answered. */
import { Type } from '@sinclair/typebox'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'blocking-call',
  summary:
    'Block the event loop with each database call until PostgreSQL has answered, as a synchronous driver does.',
  family: 'database',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'One request at a time: while the database works nothing else is served, timers fire late, so that what another ' +
    'service answered in time may count as too late, and a signal to stop is not heard.',
  counterpart: 'psycopg2 or a synchronous SQLAlchemy session inside an async def endpoint',
  docs: 'https://nodejs.org/en/learn/asynchronous-work/dont-block-the-event-loop',
  excludes: {
    'connection-per-request':
      'a blocking call keeps its one connection, which nobody else could use',
    'database-pool':
      'while a call blocks nobody can make another, so one connection is all that is used',
    'pipelined-queries': 'while a call blocks nobody can send another',
  },
  // What a request issues "at once" is answered before the next is issued.
  subsumes: ['parallel-queries'],
  anti: true,
  fill: () => ({ connections: { hold: 'blocking' } }),
})
