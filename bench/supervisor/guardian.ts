/** The guardian process: waits until its owner is gone, then clears away what the run record still names. */
import { reap } from './reap.ts'
import { readRecord } from './run-record.ts'

const file = process.argv[2] ?? ''

// A job runner that ends a whole tree by SIGTERM must not end the guardian before it has done its work;
// it goes by itself as soon as its owner does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const ownerIsGone = async () => {
  // In a normal end the owner has removed the record before it closes the pipe.
  const record = readRecord(file)
  if (record) await reap(file, record)
  process.exit()
}

// The owner holds the other end and never writes: the end of the stream means that it has ended, however it did.
process.stdin.on('error', ownerIsGone).on('end', ownerIsGone).resume()
