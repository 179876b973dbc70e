/** What a peer is: a reference app in another framework, described by a peer.json in a folder of its own. */
import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Static, Type } from '@sinclair/typebox'
import { GapwiseError } from '../src/errors.ts'
import { suggest } from '../src/suggest.ts'
import { lockedVersions } from './locked-versions.ts'
import { readJson } from './peer-file.ts'
import { programVersion } from './toolchain.ts'

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
    /** The name under which the version that is found here is recorded with each result. */
    recordedAs: Type.Optional(TextSchema),
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
    /** Packages whose versions an npm lock file, a go.mod or a pip requirements.txt tells. */
    locked: Type.Optional(
      Type.Object({ file: TextSchema, packages: Type.Array(TextSchema, { minItems: 1 }) }, closed),
    ),
    requires: Type.Array(RequirementSchema),
    endpoints: Type.Array(NameSchema, { minItems: 1 }),
    levels: Type.Record(NameSchema, LevelSchema, { ...closed, minProperties: 1 }),
  },
  closed,
)

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
  const locked = manifest.locked && (await lockedVersions(folder, manifest.locked))
  const found = await foundVersions(folder, manifest)
  return { id, folder, manifest, versions: { ...manifest.versions, ...found, ...locked } }
}

/** Versions of programs that are this machine's, such as Python's. */
async function foundVersions(
  folder: string,
  { requires }: PeerManifest,
): Promise<Record<string, string>> {
  const versions: Record<string, string> = {}
  for (const requirement of requires) {
    const { recordedAs } = requirement
    const version = recordedAs && (await programVersion(requirement, folder))
    if (recordedAs && version) versions[recordedAs] = version
  }
  return versions
}

/** A path that can be typed again: relative to where the user is, unless that leads out of it. */
function folderId(folder: string): string {
  const path = relative(process.cwd(), folder)
  return path.startsWith('..') || path === '' ? folder : `./${path}`
}
