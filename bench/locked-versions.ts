/** Versions of packages as a peer's lock file pins them: npm's, Go's or pip's. */
import { basename, extname, join } from 'node:path'
import { Type } from '@sinclair/typebox'
import { goModVersions } from './go-mod.ts'
import { invalid, readJson, readText } from './peer-file.ts'
import { pipLockVersions, pipName } from './pip-lock.ts'

const NpmLockSchema = Type.Object({
  packages: Type.Record(Type.String(), Type.Object({ version: Type.Optional(Type.String()) })),
})

/** A lock file that was read. */
interface Lock {
  readonly versionOf: (name: string) => string | undefined
  /** Where in the file a package would stand, for messages. */
  readonly keyOf: (name: string) => string
}

/**
 * The versions of these packages.
 * @param folder absolute path of the peer
 * @throws GapwiseError `usage` PEER_MANIFEST (names the file and the package)
 */
export async function lockedVersions(
  folder: string,
  { file, packages }: { readonly file: string; readonly packages: readonly string[] },
): Promise<Record<string, string>> {
  const path = join(folder, file)
  const { versionOf, keyOf } = await readLock(path)
  const versions: Record<string, string> = {}
  for (const name of packages) {
    const version = versionOf(name)
    if (version === undefined) throw invalid(path, keyOf(name), 'Expected string, found none')
    versions[name] = version
  }
  return versions
}

const readLock = (file: string): Promise<Lock> => {
  if (basename(file) === 'go.mod') return readGoMod(file)
  return extname(file) === '.txt' ? readPipLock(file) : readNpmLock(file)
}

async function readNpmLock(file: string): Promise<Lock> {
  const { packages } = await readJson(file, NpmLockSchema)
  return {
    versionOf: (name) => packages[`node_modules/${name}`]?.version,
    keyOf: (name) => `packages.node_modules/${name}.version`,
  }
}

/** The go command builds with just these versions: it refuses a go.mod that others would follow from. */
async function readGoMod(file: string): Promise<Lock> {
  const versions = goModVersions(await readText(file))
  return { versionOf: (name) => versions.get(name), keyOf: (name) => name }
}

/** With `--require-hashes` pip installs just these versions: it refuses a package that is not pinned. */
async function readPipLock(file: string): Promise<Lock> {
  const versions = pipLockVersions(await readText(file))
  return { versionOf: (name) => versions.get(pipName(name)), keyOf: (name) => name }
}
