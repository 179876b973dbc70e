/** Makes what a peer needs before its first start, once, and again only when its lock file changes. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GapwiseError } from '../src/errors.ts'
import { aborted } from './interruption.ts'
import type { Peer, PeerInstall } from './peer.ts'
import { peerLevel } from './peer.ts'
import { openSupervisor } from './supervisor/open-supervisor.ts'
import { resolveTool } from './toolchain.ts'

const lockStepMs = 200
const progressStepMs = 10_000
const tailLines = 20

/** What is being made, and for whom. */
interface Job {
  readonly peer: Peer
  /** As contenders are named: `gin:tuned`. */
  readonly id: string
  readonly install: PeerInstall
  readonly progress: (line: string) => void
  readonly signal: AbortSignal | undefined
}

/**
 * Installs one level of a peer unless that was done already.
 * @param progress gets lines for stderr; none when there is nothing to do
 * @param signal when it aborts, the install is ended and does not count as done
 * @returns whether anything had to be made
 * @throws GapwiseError `environment` PEER_INSTALL with the tail of the command's output; `usage` UNKNOWN_LEVEL,
 *   or PEER_MANIFEST for an input that is not there; `interrupted` or `terminated` INSTALL_INTERRUPTED
 */
export async function installPeer(
  peer: Peer,
  level: string,
  progress: (line: string) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const { install } = peerLevel(peer, level)
  if (install === undefined || (await isMade(peer, install))) return false
  const job = { peer, id: `${peer.id}:${level}`, install, progress, signal }
  const lock = await lockFolder(job)
  try {
    // Another command may have done it while this one waited.
    if (await isMade(peer, install)) return false
    await make(job)
    return true
  } finally {
    await lock[Symbol.asyncDispose]()
  }
}

/**
 * Whether `installPeer` would have nothing to do.
 * @throws GapwiseError `usage` UNKNOWN_LEVEL, or PEER_MANIFEST for an input that is not there
 */
export async function isPeerInstalled(peer: Peer, level: string): Promise<boolean> {
  const { install } = peerLevel(peer, level)
  return install === undefined || isMade(peer, install)
}

/** The stamp lies in the folder that is made, so that deleting the folder deletes the stamp. */
const stampFile = ({ folder }: Peer, { makes }: PeerInstall): string =>
  join(folder, makes, '.gapwise-install')

/** Names a state of the install: the command and the content of everything that decides its outcome. */
async function fingerprint({ folder }: Peer, { command, inputs }: PeerInstall): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(command))
  for (const input of inputs) {
    const files = globSync(input, { cwd: folder }).toSorted()
    if (files.length === 0)
      throw new GapwiseError(
        'usage',
        'PEER_MANIFEST',
        `${join(folder, 'peer.json')}: "inputs" of an install names ${input}, and no such file is there. Add the file, or correct the name.`,
      )
    for (const file of files) hash.update(await readFile(join(folder, file)))
  }
  return hash.digest('hex')
}

async function isMade(peer: Peer, install: PeerInstall): Promise<boolean> {
  const wanted = await fingerprint(peer, install)
  const found = await readFile(stampFile(peer, install), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  return found === wanted
}

async function make({ peer, id, install, progress, signal }: Job): Promise<void> {
  const shown = install.command.join(' ')
  const startedMs = performance.now()
  const elapsed = (): string => `${Math.round((performance.now() - startedMs) / 1000)} s`
  progress(`${id}: installing (${shown})`)
  const ticker = setInterval(() => {
    progress(`${id}: still installing, ${elapsed()}`)
  }, progressStepMs)
  try {
    // An install that is cut off must not look like one that was done.
    await rm(stampFile(peer, install), { force: true })
    const state = await fingerprint(peer, install)
    const failure = await runInstall(peer, install, signal)
    if (signal?.aborted === true) throw interrupted(id, signal)
    if (failure !== undefined)
      throw new GapwiseError(
        'environment',
        'PEER_INSTALL',
        `${id} could not be installed: "${shown}" in ${peer.folder} failed.\n${failure}\nCheck the network connection and where packages are fetched from, then repeat the command.`,
      )
    await writeFile(stampFile(peer, install), state)
  } finally {
    clearInterval(ticker)
  }
  progress(`${id}: installed in ${elapsed()}`)
}

/**
 * Runs the command to its end, or until the signal aborts. Its processes go with this one, however that ends.
 * @returns why it failed, in its own last words where it had any; undefined when it did not
 */
async function runInstall(
  { id, folder }: Peer,
  { command: words }: PeerInstall,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  await using supervisor = await openSupervisor({ command: `install ${id}` })
  try {
    const child = await supervisor.spawn({
      name: `install-${id}`,
      ...resolveTool(words, folder),
      cwd: folder,
      env: withoutOuterNpm(),
      stdout: 'log',
    })
    const end = await Promise.race([
      child.exited,
      ...(signal === undefined ? [] : [aborted(signal)]),
    ])
    if (end === undefined || end.code === 0) return undefined
    const how = end.signal === null ? `code ${end.code}` : end.signal
    return child.logTail(tailLines).trim() || `It ended with ${how} and wrote nothing.`
  } catch (error) {
    // A program that is not there, or that the system does not start.
    if (error instanceof GapwiseError && error.failure === 'environment') return error.message
    throw error
  }
}

const interrupted = (id: string, { reason }: AbortSignal): GapwiseError =>
  new GapwiseError(
    reason === 'SIGTERM' ? 'terminated' : 'interrupted',
    'INSTALL_INTERRUPTED',
    `${id} was not installed to the end, so it counts as not installed. Repeat the command.`,
  )

/** Unsets what an outer npm script says about its own package: it is not the peer's. */
const withoutOuterNpm = (): Record<string, string> =>
  Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(npm_(package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$)/.test(name))
      .map((name) => [name, '']),
  )

/**
 * One install of a folder at a time on this machine. The lock is a name in Linux's abstract socket space,
 * because the kernel frees it whenever and however its owner ends: no stale lock can exist.
 * Elsewhere there is no such space and no lock.
 */
async function lockFolder({
  peer: { folder },
  id,
  progress,
  signal,
}: Job): Promise<AsyncDisposable> {
  if (process.platform !== 'linux') return { [Symbol.asyncDispose]: () => Promise.resolve() }
  const name = `\0gapwise-install-${createHash('sha256').update(folder).digest('hex')}`
  for (let attempt = 0; ; attempt++) {
    const server = createServer()
    try {
      server.listen(name)
      await once(server, 'listening')
      return server
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    }
    if (attempt === 0) progress(`${id}: another gapwise is installing it, waiting`)
    await sleep(lockStepMs)
    if (signal?.aborted === true) throw interrupted(id, signal)
  }
}
