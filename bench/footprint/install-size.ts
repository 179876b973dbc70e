/** What a contender has on disk to run: bytes of files, with what was counted in words. */
import type { Dirent } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { InstallSize } from '../contender.ts'
import { type Peer, peerLevel } from '../peer.ts'

const entriesOf = async (folder: string): Promise<Dirent[]> => {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return [] // a package that is not installed takes nothing
    throw error
  }
}

/**
 * Bytes of all files below a folder, or of one file; links are not followed, and what has several names counts once.
 * @param leaveOut names of folders that are not entered
 */
export async function sizeOf(
  path: string,
  leaveOut: ReadonlySet<string> = new Set(),
): Promise<number> {
  const counted = new Set<number>()
  const add = async (each: string): Promise<number> => {
    const { size, ino, nlink } = await lstat(each)
    if (nlink > 1 && counted.has(ino)) return 0
    counted.add(ino)
    return size
  }
  const walk = async (folder: string): Promise<number> => {
    let bytes = 0
    for (const entry of await entriesOf(folder)) {
      const inner = join(folder, entry.name)
      if (entry.isFile()) bytes += await add(inner)
      else if (entry.isDirectory() && !leaveOut.has(entry.name)) bytes += await walk(inner)
    }
    return bytes
  }
  const stats = await lstat(path)
  return stats.isFile() ? stats.size : walk(path)
}

const LockSchema = Type.Object({
  packages: Type.Record(
    Type.String(),
    Type.Object({
      dev: Type.Optional(Type.Boolean()),
      optional: Type.Optional(Type.Boolean()),
      devOptional: Type.Optional(Type.Boolean()),
    }),
  ),
})

/**
 * Folders of the packages that `npm install --omit=dev --omit=optional` makes, as the lock file has them.
 * @throws Error for another text than a lock file of npm 7 or later
 */
export function productionFolders(lock: string): string[] {
  const { packages } = Value.Decode(LockSchema, JSON.parse(lock))
  return Object.entries(packages).flatMap(([folder, { dev, optional, devOptional }]) =>
    folder === '' || dev === true || optional === true || devOptional === true ? [] : [folder],
  )
}

const project = fileURLToPath(new URL('../../', import.meta.url))

const nested = new Set(['node_modules'])

/** Of any profile: the packages, and the code that serves. */
export async function profileInstallSize(): Promise<InstallSize> {
  const folders = productionFolders(await readFile(join(project, 'package-lock.json'), 'utf8'))
  const sizes = await Promise.all([
    ...folders.map((folder) => sizeOf(join(project, folder), nested)),
    sizeOf(join(project, 'src')),
    sizeOf(join(project, 'profiles')),
  ])
  return {
    bytes: sizes.reduce((sum, each) => sum + each, 0),
    detail: `${folders.length} production packages (no dev, no optional ones), src and profiles, without Node`,
  }
}

/** Of a peer: what its install has made, and without an install its folder. */
export async function peerInstallSize(peer: Peer, level: string): Promise<InstallSize> {
  const { install } = peerLevel(peer, level)
  const without = 'without runtime and system libraries'
  if (install === undefined)
    return { bytes: await sizeOf(peer.folder), detail: `its folder, ${without}` }
  return {
    bytes: await sizeOf(resolve(peer.folder, install.makes)),
    detail: `${install.makes} of its folder, as "${install.command.join(' ')}" makes it, ${without}`,
  }
}
