/** Entry of the stub's process: `node process.ts LATENCY_MS` with PORT and HOST; the supervisor ends it. */
import { createUpstream } from './server.ts'

createUpstream(Number(process.argv[2] ?? 0)).listen({
  port: Number(process.env['PORT']),
  host: process.env['HOST'],
})
