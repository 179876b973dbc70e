/** The versions that decide how fast our server is. */
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'

/** From a package's manifest, found as Node does, because some packages do not export theirs. */
function packageVersion(name: string): string {
  const file = findPackageJSON(name, import.meta.url)
  if (file === undefined) return 'unknown'
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** gapwise, Node, V8 and the packages on a request's path, by name. */
export const serverVersions = (): Readonly<Record<string, string>> => ({
  gapwise: packageVersion('..'),
  node: process.version,
  v8: process.versions.v8,
  fastify: packageVersion('fastify'),
  'fast-json-stringify': packageVersion('fast-json-stringify'),
  pg: packageVersion('pg'),
  postgres: packageVersion('postgres'),
  'drizzle-orm': packageVersion('drizzle-orm'),
})
