/** The programs that peers need: where they are, and what to say when one is missing or too old. */
import { execFile } from 'node:child_process'
import { basename, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { PeerRequirement } from './peer.ts'

const run = promisify(execFile)

/** A program and its arguments, ready for spawn. */
export interface Invocation {
  readonly command: string
  readonly args: readonly string[]
}

/**
 * Turns a command of a peer.json into one that can be spawned: `node` is the Node that runs us, `npm` the npm
 * that started us (else the one on the PATH), and a path is meant from the peer's folder.
 * @param words the command and its arguments
 * @param folder absolute path of the peer
 */
export function resolveTool(words: readonly string[], folder: string): Invocation {
  const [command = '', ...args] = words
  if (command === 'node') return { command: process.execPath, args }
  if (command === 'npm') {
    const npm = process.env['npm_execpath']
    // Other package managers set the variable too, and npm_execpath of npx is not npm's.
    const ours = npm !== undefined && basename(npm) === 'npm-cli.js'
    return ours ? { command: process.execPath, args: [npm, ...args] } : { command, args }
  }
  return { command: command.includes('/') ? resolve(folder, command) : command, args }
}

/**
 * Checks one requirement by running the program.
 * @returns a sentence with the cure when it is not met, else undefined
 */
export async function unmetRequirement(
  { command, versionArgs = ['--version'], atLeast, cure }: PeerRequirement,
  folder: string,
): Promise<string | undefined> {
  const tool = resolveTool([command, ...versionArgs], folder)
  let printed: string
  try {
    const { stdout, stderr } = await run(tool.command, [...tool.args])
    printed = stdout + stderr
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return `"${command}" ${missing ? 'was not found' : 'does not run'}. ${cure}`
  }
  if (atLeast === undefined) return undefined
  const found = printedVersion(printed)
  if (found !== undefined && isAtLeast(found, atLeast)) return undefined
  return `"${command}" must be version ${atLeast} or newer, found ${found ?? 'no version'}. ${cure}`
}

/**
 * The version that a required program says of itself.
 * @returns undefined where it is missing or names none, which `unmetRequirement` tells when it matters
 */
export async function programVersion(
  { command, versionArgs = ['--version'] }: PeerRequirement,
  folder: string,
): Promise<string | undefined> {
  const tool = resolveTool([command, ...versionArgs], folder)
  try {
    const { stdout, stderr } = await run(tool.command, [...tool.args])
    return printedVersion(stdout + stderr)
  } catch {
    return undefined
  }
}

const printedVersion = (text: string): string | undefined => /\d+(\.\d+)+/.exec(text)?.[0]

/** Whether a version such as 1.21 is another or a later one. */
export function isAtLeast(found: string, wanted: string): boolean {
  const foundParts = found.split('.').map(Number)
  for (const [index, part] of wanted.split('.').map(Number).entries()) {
    const difference = (foundParts[index] ?? 0) - part
    if (difference !== 0) return difference > 0
  }
  return true
}
