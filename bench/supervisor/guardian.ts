/** The guardian process: waits until its owner is gone, then clears away what the run record still names. */

// A job runner that ends a whole tree by SIGTERM must not end the guardian before it has done its work; it goes by
// itself as soon as its owner does. This stands before the imports, because
// they take most of its start.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const { reap } = await import('./reap.ts')
const { readRecord } = await import('./run-record.ts')

const file = process.argv[2] ?? ''

const ownerIsGone = async () => {
  // In a normal end the owner has removed the record before it closes the pipe.
  const record = readRecord(file)
  if (record) await reap(file, record)
  process.exit()
}

// The owner holds the other end and never writes: the end of the stream means that it has ended, however it did.
process.stdin.on('error', ownerIsGone).on('end', ownerIsGone).resume()
