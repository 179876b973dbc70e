/** Makes what a peer needs before its first start, once, and again only when its lock file changes. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { GapwiseError } from '../src/errors.ts'
import type { Peer, PeerInstall } from './peer.ts'
import { peerLevel } from './peer.ts'
import { resolveTool } from './toolchain.ts'

const run = promisify(execFile)

const lockStepMs = 200
const progressStepMs = 10_000
const tailLines = 20

/**
 * Installs one level of a peer unless that was done already.
 * @param progress gets lines for stderr; none when there is nothing to do
 * @returns whether anything had to be made
 * @throws GapwiseError `environment` PEER_INSTALL with the tail of the command's output; `usage` UNKNOWN_LEVEL
 */
export async function installPeer(
  peer: Peer,
  level: string,
  progress: (line: string) => void,
): Promise<boolean> {
  const { install } = peerLevel(peer, level)
  if (install === undefined || (await isInstalled(peer, install))) return false
  const lock = await lockFolder(peer, progress)
  try {
    // Another command may have done it while this one waited.
    if (await isInstalled(peer, install)) return false
    await make(peer, level, install, progress)
    return true
  } finally {
    await lock[Symbol.asyncDispose]()
  }
}

/** The stamp lies in the folder that is made, so that deleting the folder deletes the stamp. */
const stampFile = ({ folder }: Peer, { makes }: PeerInstall): string =>
  join(folder, makes, '.gapwise-install')

/** Names a state of the install: the command and the content of everything that decides its outcome. */
async function fingerprint({ folder }: Peer, { command, inputs }: PeerInstall): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(command))
  for (const input of inputs) {
    const files = globSync(input, { cwd: folder }).toSorted()
    // A file that is missing is named by the error of reading it.
    for (const file of files.length === 0 ? [input] : files)
      hash.update(await readFile(join(folder, file)))
  }
  return hash.digest('hex')
}

async function isInstalled(peer: Peer, install: PeerInstall): Promise<boolean> {
  const wanted = await fingerprint(peer, install)
  const found = await readFile(stampFile(peer, install), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  return found === wanted
}

async function make(
  peer: Peer,
  level: string,
  install: PeerInstall,
  progress: (line: string) => void,
): Promise<void> {
  const shown = install.command.join(' ')
  const startedMs = performance.now()
  const elapsed = (): string => `${Math.round((performance.now() - startedMs) / 1000)} s`
  progress(`${peer.id}: installing on first use (${shown})`)
  const ticker = setInterval(() => {
    progress(`${peer.id}: still installing, ${elapsed()}`)
  }, progressStepMs)
  try {
    // An install that is cut off must not look like one that was done.
    await rm(stampFile(peer, install), { force: true })
    const state = await fingerprint(peer, install)
    const { command, args } = resolveTool(install.command, peer.folder)
    await run(command, [...args], {
      cwd: peer.folder,
      env: cleanEnv(),
      maxBuffer: 64 * 1024 * 1024,
    })
    await writeFile(stampFile(peer, install), state)
  } catch (error) {
    throw new GapwiseError(
      'environment',
      'PEER_INSTALL',
      `${peer.id}:${level} could not be installed: "${shown}" in ${peer.folder} failed.\n${outputTail(error)}\nCheck the network connection and where packages are fetched from, then repeat the command.`,
      { cause: error },
    )
  } finally {
    clearInterval(ticker)
  }
  progress(`${peer.id}: installed in ${elapsed()}`)
}

/** The environment without what an outer npm script says about its own package: it is not the peer's. */
const cleanEnv = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$)/.test(name),
    ),
  )

/** The last lines that a failed command wrote, or why it could not run at all. */
function outputTail(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const written = ['stdout', 'stderr']
    .map((key): unknown => Reflect.get(error, key))
    .filter((text) => typeof text === 'string')
    .join('\n')
    .trim()
  return (written === '' ? error.message : written).split('\n').slice(-tailLines).join('\n')
}

/**
 * One install of a folder at a time on this machine. The lock is a name in Linux's abstract socket space,
 * because the kernel frees it whenever and however its owner ends: no stale lock can exist.
 * Elsewhere there is no such space and no lock.
 */
async function lockFolder(
  { id, folder }: Peer,
  progress: (line: string) => void,
): Promise<AsyncDisposable> {
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
  }
}
