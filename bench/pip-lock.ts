/** What a requirements.txt tells: the versions that pip installs. */

const pinned = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*===?\s*([^\s;\\#,*]+)(?=[\s;\\#]|$)/gm

/** A name as the index of Python packages compares it (PEP 503): `Jinja2` is `jinja2`, `a.b_c` is `a-b-c`. */
export const pipName = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-')

/**
 * Reads a requirements.txt as pip-compile and uv write it.
 * @returns versions of the packages that are pinned with `==`, by normalized name
 */
export function pipLockVersions(text: string): ReadonlyMap<string, string> {
  const versions = new Map<string, string>()
  for (const [, name = '', version = ''] of text.matchAll(pinned))
    versions.set(pipName(name), version)
  return versions
}
