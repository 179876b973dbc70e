/** The settings of the embedded server: the same for every contender and every run, and printed with each result. */

/**
 * Durability is off because a bench's data may be lost and its disk must not decide; autovacuum and
 * JIT are off because they strike at random; nothing is checkpointed within a usual run.
 */
export const serverSettings = {
  max_connections: '300',
  shared_buffers: '256MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  checkpoint_timeout: '30min',
  max_wal_size: '1GB',
  autovacuum: 'off',
  jit: 'off',
  random_page_cost: '1.1',
  timezone: 'UTC',
} as const

/** What is read back from any server, ours or the user's, for the result file. */
export const reportedSettings: readonly string[] = [
  ...Object.keys(serverSettings),
  'data_checksums',
  'io_method',
  'server_encoding',
  'ssl',
]
