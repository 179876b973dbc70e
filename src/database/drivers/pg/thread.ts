/** The thread of blocking calls over pg. */
import { serveCalls } from '../../blocking/serve-calls.ts'
import { openPgPlace } from './place.ts'

serveCalls(openPgPlace)
