/** The thread of blocking calls over the library `postgres`. */
import { serveCalls } from '../../blocking/serve-calls.ts'
import { noPipeline, openPlace } from './place.ts'

serveCalls((settings) => openPlace(settings, noPipeline))
