/** The max level: `tuned` with the parts that are in the folder max. */
import { makeOperations } from './database/operations.js'
import { batchedReads } from './max/batched-reads.js'
import { keptUsers } from './max/kept-users.js'
import { sendUser } from './max/user-text.js'
import { tunedOperations } from './tuned/operations.js'
import { serve } from './tuned/serve.js'

const operations = (connections) => ({
  ...tunedOperations(connections),
  ...batchedReads(connections),
  ...keptUsers(makeOperations(connections)),
})

// One process, however many cores there are: another would keep users that this one has changed.
serve({ processes: 1, operations, sendUser })
