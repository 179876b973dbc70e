/** Chooses where programs, library links and templates are kept, so that PostgreSQL's user can read them. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDir } from '../../supervisor/cache-dir.ts'
import type { Supervisor } from '../../supervisor.ts'
import type { Account } from './account.ts'
import { type Binaries, nativeFolder, openBinaries } from './binaries.ts'

/** Everything needed to run PostgreSQL's programs. */
export interface PostgresHome {
  readonly account: Account
  readonly binaries: Binaries
  /** Where templates are kept from one command to the next. */
  readonly cache: string
}

/** Only root lends PostgreSQL another user's rights, so this folder can be made, and its parents are open to all. */
const sharedCache = '/var/cache/gapwise'

/**
 * Opens PostgreSQL's programs for an account. A user without rights cannot look into root's home,
 * where both the project and the cache may be, so for it the programs are copied once to a shared folder.
 * @throws GapwiseError `environment` POSTGRES_MISSING
 */
export const openHome = async (account: Account, supervisor: Supervisor): Promise<PostgresHome> => {
  const native = nativeFolder()
  if (account.kind !== 'setpriv') {
    const cache = cacheDir('postgres')
    return { account, binaries: openBinaries(native, cache), cache }
  }
  mkdirSync(sharedCache, { recursive: true, mode: 0o755 })
  const { version } = openBinaries(native, cacheDir('postgres'))
  const copy = join(sharedCache, `postgres-${version}-${process.arch}`)
  if (!existsSync(copy)) {
    const made = `${copy}.new-${supervisor.runId}`
    supervisor.removeAtEnd(made)
    await cp(native, join(made, 'native'), { recursive: true, verbatimSymlinks: true })
    renameOrYield(made, copy)
  }
  return { account, binaries: openBinaries(join(copy, 'native'), sharedCache), cache: sharedCache }
}

/** Puts a finished folder in its place; when another command was first, its folder stays and ours goes. */
export const renameOrYield = (made: string, place: string): void => {
  try {
    renameSync(made, place)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    rmSync(made, { recursive: true, force: true })
  }
}
