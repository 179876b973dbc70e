/** The max level: `tuned` with the parts that are in the folder max. */
import { makeOperations } from './database/operations.js'
import { batchedReads } from './max/batched-reads.js'
import { keptUsers } from './max/kept-users.js'
import { stringifyUser } from './max/user-text.js'
import { serve } from './serve.js'
import { tunedLevel } from './tuned/level.js'

// One process, however many cores there are: another would keep users that this one has changed.
const tuned = tunedLevel(1)

serve({
  ...tuned,
  operations: (connections) => ({
    ...tuned.operations(connections),
    ...batchedReads(connections),
    ...keptUsers(makeOperations(connections)),
  }),
  serializers: { ...tuned.serializers, user: stringifyUser },
})
