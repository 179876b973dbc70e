/** What a go.mod tells: the versions that the go command builds with. */

const comment = /\/\/.*$/gm
const toolchain = /^toolchain\s+go(\S+)/m
const block = /^require\s*\(([^)]*)\)/gm
const single = /^require\s+([^\s(]+\s+v\S+)/gm
const line = /^\s*(\S+)\s+v(\S+)/gm

/**
 * Reads a go.mod as `go mod tidy` writes it.
 * @returns versions without their `v`, by module path; `go` is the toolchain that it names
 */
export function goModVersions(text: string): ReadonlyMap<string, string> {
  const bare = text.replaceAll(comment, '')
  const versions = new Map<string, string>()
  const go = toolchain.exec(bare)?.[1]
  if (go !== undefined) versions.set('go', go)
  for (const [, required = ''] of [...bare.matchAll(block), ...bare.matchAll(single)])
    for (const [, module = '', version = ''] of required.matchAll(line))
      versions.set(module, version)
  return versions
}
