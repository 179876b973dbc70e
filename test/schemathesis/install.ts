/** Schemathesis in a folder of its own, in the versions of requirements.txt. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url))
const folder = fileURLToPath(new URL('../../.tap/schemathesis/', import.meta.url))
const installed = `${folder}requirements.txt`

/** Python with venv is not on this machine: nothing could be tried. */
export class NoPython extends Error {}

const run = promisify(execFile)

/**
 * Makes the folder, unless it holds these versions already.
 * @returns the path of the folder's programs, with a slash at the end
 * @throws NoPython where python3 cannot make one
 */
export async function install(): Promise<string> {
  const wanted = readFileSync(requirements, 'utf8')
  const bin = `${folder}bin/`
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return bin
  await rm(folder, { recursive: true, force: true })
  try {
    await run('python3', ['-m', 'venv', folder])
  } catch (cause) {
    throw new NoPython('python3 with venv is missing here (Debian: apt-get install python3-venv)', {
      cause,
    })
  }
  await run(`${bin}pip`, ['install', '--quiet', '--requirement', requirements])
  // Last, so that half an installation is never taken for a whole one.
  await writeFile(installed, wanted)
  return bin
}
