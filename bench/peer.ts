/** What a peer is: a reference app in another framework, described by a peer.json in a folder of its own. */
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../src/errors.ts'
import { suggest } from '../src/suggest.ts'
import { goModVersions } from './go-mod.ts'

const closed = { additionalProperties: false }
const NameSchema = Type.String({ pattern: '^[a-z][a-z0-9-]*$' })
const TextSchema = Type.String({ minLength: 1 })
const CommandSchema = Type.Array(TextSchema, { minItems: 1 })

const InstallSchema = Type.Object(
  {
    command: CommandSchema,
    /** Files or patterns of files that decide what the command makes; when one changes, it runs again. */
    inputs: Type.Array(TextSchema, { minItems: 1 }),
    /** The folder that the command makes; git must ignore it. */
    makes: TextSchema,
  },
  closed,
)

const LevelSchema = Type.Object(
  {
    summary: TextSchema,
    /** Run once, on first use; absent when there is nothing to make. */
    install: Type.Optional(InstallSchema),
    start: CommandSchema,
    env: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** The most connections to the database that all its processes hold together; the conformance suite counts them. */
    connections: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)

const RequirementSchema = Type.Object(
  {
    command: TextSchema,
    /** Arguments that print the version; `--version` when absent. */
    versionArgs: Type.Optional(Type.Array(TextSchema)),
    atLeast: Type.Optional(Type.String({ pattern: '^\\d+(\\.\\d+)*$' })),
    cure: TextSchema,
  },
  closed,
)

const PeerManifestSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: NameSchema,
    language: TextSchema,
    framework: TextSchema,
    summary: TextSchema,
    /** Versions that no lock file tells. */
    versions: Type.Optional(Type.Record(Type.String(), TextSchema)),
    /** Packages whose versions an npm lock file or a go.mod tells. */
    locked: Type.Optional(
      Type.Object({ file: TextSchema, packages: Type.Array(TextSchema, { minItems: 1 }) }, closed),
    ),
    requires: Type.Array(RequirementSchema),
    endpoints: Type.Array(NameSchema, { minItems: 1 }),
    levels: Type.Record(NameSchema, LevelSchema, { ...closed, minProperties: 1 }),
  },
  closed,
)

const NpmLockSchema = Type.Object({
  packages: Type.Record(Type.String(), Type.Object({ version: Type.Optional(Type.String()) })),
})

export type PeerManifest = Static<typeof PeerManifestSchema>
export type PeerLevel = Static<typeof LevelSchema>
export type PeerInstall = Static<typeof InstallSchema>
export type PeerRequirement = Static<typeof RequirementSchema>

/** A peer that was read and found valid. */
export interface Peer {
  /** How the user names it: `express`, or for a folder of the user's own its path: `./my-app`. */
  readonly id: string
  /** Absolute path. */
  readonly folder: string
  readonly manifest: PeerManifest
  /** What a reader needs to repeat a run, by package name. */
  readonly versions: Readonly<Record<string, string>>
}

const home = fileURLToPath(new URL('peers/', import.meta.url))

/** The names of the peers that come with gapwise, sorted. */
export const peerNames = (): string[] =>
  readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()

/** All peers that come with gapwise, read and checked. @throws as `loadPeer` */
export const listPeers = (): Promise<Peer[]> => Promise.all(peerNames().map(loadPeer))

/**
 * Reads one peer.
 * @param nameOrFolder a name of `peerNames()`, or, with a `/` in it, a folder that holds a peer.json
 * @throws GapwiseError `usage` UNKNOWN_PEER, PEER_MANIFEST (names the file and the key)
 */
export async function loadPeer(nameOrFolder: string): Promise<Peer> {
  if (nameOrFolder.includes('/')) {
    const folder = resolve(nameOrFolder)
    return readPeer(folderId(folder), folder)
  }
  const names = peerNames()
  if (!names.includes(nameOrFolder)) {
    throw new GapwiseError(
      'usage',
      'UNKNOWN_PEER',
      `There is no peer "${nameOrFolder}". ${suggest(nameOrFolder, names)} A folder of your own is written with a "/", as in ./my-app.`,
    )
  }
  return readPeer(nameOrFolder, join(home, nameOrFolder))
}

/**
 * One level of a peer.
 * @throws GapwiseError `usage` UNKNOWN_LEVEL
 */
export function peerLevel(peer: Peer, level: string): PeerLevel {
  const { levels } = peer.manifest
  const found = Object.hasOwn(levels, level) ? levels[level] : undefined
  if (found !== undefined) return found
  const names = Object.keys(levels)
  throw new GapwiseError(
    'usage',
    'UNKNOWN_LEVEL',
    `The peer "${peer.id}" has no level "${level}". ${suggest(level, names)} Write it as ${peer.id}:${names[0]}.`,
  )
}

async function readPeer(id: string, folder: string): Promise<Peer> {
  const manifest = await readJson(join(folder, 'peer.json'), PeerManifestSchema)
  return { id, folder, manifest, versions: await readVersions(folder, manifest) }
}

async function readVersions(
  folder: string,
  { versions, locked }: PeerManifest,
): Promise<Record<string, string>> {
  const all: Record<string, string> = { ...versions }
  if (locked === undefined) return all
  const file = join(folder, locked.file)
  const isGo = basename(file) === 'go.mod'
  const versionOf = isGo ? await readGoMod(file) : await readNpmLock(file)
  for (const name of locked.packages) {
    const version = versionOf(name)
    if (version === undefined) {
      const key = isGo ? name : `packages.node_modules/${name}.version`
      throw invalid(file, key, 'Expected string, found none')
    }
    all[name] = version
  }
  return all
}

type VersionOf = (name: string) => string | undefined

async function readNpmLock(file: string): Promise<VersionOf> {
  const { packages } = await readJson(file, NpmLockSchema)
  return (name) => packages[`node_modules/${name}`]?.version
}

/** The go command builds with just these versions: it refuses a go.mod that others would follow from. */
async function readGoMod(file: string): Promise<VersionOf> {
  const versions = goModVersions(await readText(file))
  return (name) => versions.get(name)
}

async function readJson<T extends TSchema>(file: string, schema: T): Promise<Static<T>> {
  const text = await readText(file)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw unreadable(file, `is not JSON: ${error instanceof Error ? error.message : ''}`, error)
  }
  const problem = Value.Errors(schema, value).First()
  if (problem !== undefined) throw invalid(file, keyOf(problem.path), problem.message)
  return value
}

const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, 'cannot be read', error)
  })

const unreadable = (file: string, reason: string, cause: unknown): GapwiseError =>
  new GapwiseError(
    'usage',
    'PEER_MANIFEST',
    `${file} ${reason}. Every peer is a folder with a peer.json as bench/peers/README.md describes it.`,
    { cause },
  )

/** `/levels/default/start/0` as a person would write it: `levels.default.start.0`. */
const keyOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')

const invalid = (file: string, key: string, problem: string): GapwiseError =>
  new GapwiseError(
    'usage',
    'PEER_MANIFEST',
    `${file}: ${key === '' ? 'the whole file' : `"${key}"`}: ${problem}. The keys are described in bench/peers/README.md.`,
  )

/** A path that can be typed again: relative to where the user is, unless that leads out of it. */
function folderId(folder: string): string {
  const path = relative(process.cwd(), folder)
  return path.startsWith('..') || path === '' ? folder : `./${path}`
}
