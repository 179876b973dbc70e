/** The tuned level: one process per core, each with the parts that are in the folder tuned. */
import { tunedOperations } from './tuned/operations.js'
import { serve } from './tuned/serve.js'
import { onEachCore } from './tuned/workers.js'

const sendUser = (res, user) => res.json(user)

onEachCore((processes) => serve({ processes, operations: tunedOperations, sendUser }))
