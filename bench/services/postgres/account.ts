/** Decides as which user PostgreSQL runs: it refuses root, so root lends it a mapped or a lesser user. */
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs'
import { GapwiseError } from '../../../src/errors.ts'

/** The user that PostgreSQL's programs run as. */
export interface Account {
  /** `unshare`: another name for ourselves, in a user namespace; `setpriv`: a user with no rights. */
  readonly kind: 'self' | 'unshare' | 'setpriv'
  /** Put before each command line; every step replaces itself by the next, so the pid stays. */
  readonly prefix: readonly string[]
  /** Who must own the data folder, where it is not us. */
  readonly owner?: { readonly uid: number; readonly gid: number }
}

/** A user from /etc/passwd that is not root: initdb must be able to look its own user up. */
const lesserUser = (): { uid: number; gid: number } => {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([, , uid, gid]) => ({ uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0)
  return users.find(({ uid }) => uid === 65_534) ?? users.at(-1) ?? { uid: 65_534, gid: 65_534 }
}

const works = (prefix: readonly string[]): boolean =>
  spawnSync(prefix[0] ?? '', [...prefix.slice(1), 'true']).status === 0

const unshareAccount = (): Account => {
  const { uid, gid } = lesserUser()
  return {
    kind: 'unshare',
    prefix: ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`],
  }
}

const setprivAccount = (): Account => {
  const owner = lesserUser()
  const ids = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`]
  return { kind: 'setpriv', prefix: ['setpriv', ...ids, '--clear-groups'], owner }
}

/** Whether PostgreSQL accepts the user that we are: not root, and with a name. */
const isAcceptable = (): boolean => {
  const uid = process.getuid?.() ?? 1
  if (uid === 0) return false
  if (process.platform !== 'linux') return true
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .some((line) => Number(line.split(':')[2]) === uid)
}

/**
 * Finds the account for PostgreSQL on this machine.
 * @throws GapwiseError `environment` POSTGRES_REFUSES_ROOT when root can lend it no other user
 */
export const findAccount = (): Account => {
  if (isAcceptable()) return { kind: 'self', prefix: [] }
  const mapped = unshareAccount()
  if (works(mapped.prefix)) return mapped
  // A user that only has no entry in /etc/passwd may yet be known elsewhere (LDAP): initdb will tell.
  if (process.getuid?.() !== 0) return { kind: 'self', prefix: [] }
  const lesser = setprivAccount()
  if (works(lesser.prefix)) return lesser
  throw new GapwiseError(
    'environment',
    'POSTGRES_REFUSES_ROOT',
    'expected a user other than root for PostgreSQL, but neither "unshare --user" nor "setpriv" (util-linux) works here; ' +
      'run gapwise as an ordinary user, install util-linux, or give a server with --database-url',
  )
}

/** The account by `setpriv`, also where `unshare` would do; only tests ask for it. */
export const lesserAccount = (): Account | undefined => {
  const account = setprivAccount()
  return process.getuid?.() === 0 && works(account.prefix) ? account : undefined
}

/** Makes a folder that the account owns and nobody else may enter. */
export const makeFolderFor = (account: Account, dir: string): void => {
  mkdirSync(dir, { mode: 0o700 })
  if (account.owner) chownSync(dir, account.owner.uid, account.owner.gid)
}

/** Lets the account pass through one of our folders without seeing what is in it. */
export const letPass = (account: Account, dir: string): void => {
  if (account.owner) chmodSync(dir, 0o711)
}
