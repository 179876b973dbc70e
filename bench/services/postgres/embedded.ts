/** The embedded server: a copy of the template in the run's folder, on a unix socket and a free port. */
import { spawnSync } from 'node:child_process'
import { constants } from 'node:fs'
import { cp, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { GapwiseError } from '../../../src/errors.ts'
import type { Supervisor } from '../../supervisor.ts'
import type { Postgres } from '../postgres.ts'
import { type Account, findAccount, letPass, makeFolderFor } from './account.ts'
import { describeServer, openDatabases } from './databases.ts'
import { openHome } from './home.ts'
import { openProcesses } from './processes.ts'
import { startServer, superuser } from './server.ts'
import { ensureTemplate, templateDatabase } from './template.ts'

/** A cluster, its databases and a gigabyte of write-ahead log must fit. */
const neededBytes = 1.5e9

const checkSpace = async (dir: string): Promise<void> => {
  const { bavail, bsize } = await statfs(dir)
  if (bavail * bsize >= neededBytes) return
  throw new GapwiseError(
    'environment',
    'DISK_FULL',
    `expected 1.5 GB of free space for PostgreSQL in ${dir}, but found ${(bavail * bsize) / 1e9} GB; ` +
      'free some, set TMPDIR to a larger disk, or give a server with --database-url',
  )
}

const copyCluster = async (from: string, to: string, { owner }: Account): Promise<void> => {
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE })
  if (!owner) return
  const changed = spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, to], { encoding: 'utf8' })
  if (changed.status !== 0) throw new Error(`chown of ${to} failed: ${changed.stderr}`)
}

export interface EmbeddedOrder {
  readonly supervisor: Supervisor
  readonly progress: (line: string) => void
  /** Who PostgreSQL runs as; found out when absent. */
  readonly account?: Account
}

/**
 * Starts the embedded server through the supervisor.
 * @throws GapwiseError `environment` POSTGRES_MISSING, POSTGRES_REFUSES_ROOT, POSTGRES_INITDB, POSTGRES_START or DISK_FULL
 */
export const openEmbedded = async (order: EmbeddedOrder): Promise<Postgres> => {
  const { supervisor, progress, account = findAccount() } = order
  await checkSpace(supervisor.dir)
  const home = await openHome(account, supervisor)
  letPass(account, supervisor.dir)
  const socketDir = join(supervisor.dir, 'postgres')
  makeFolderFor(account, socketDir)
  const template = await ensureTemplate(home, supervisor, socketDir, progress)
  const dataDir = join(socketDir, 'data')
  await copyCluster(template, dataDir, account)
  const { child, port } = await startServer({ home, supervisor, dataDir, socketDir, tcp: true })
  const stop = async () => {
    await child.stop()
    await rm(socketDir, { recursive: true, force: true })
  }
  const adminUrl = `postgres://${superuser}@127.0.0.1:${port}/postgres`
  try {
    return {
      ...(await describeServer(adminUrl)),
      ...openDatabases({ adminUrl, template: templateDatabase, prefix: 'gapwise' }),
      embedded: true,
      adminUrl,
      socketDir,
      cpu: child.cpu,
      processes: openProcesses(child.pid),
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
