/** A copy of the program with profiles and results of its own, so that a test may spoil them. */
import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { main } from '../../bench/main.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface ProjectCopy {
  readonly profiles: string
  readonly results: string
  readonly main: typeof main
}

/** Copies what a command reads into an empty folder; packages are linked. */
export async function copyProject(folder: string): Promise<ProjectCopy> {
  const filter = (path: string): boolean =>
    !['node_modules', 'results', 'build'].includes(basename(path))
  for (const part of ['src', 'bench', 'profiles', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true, filter })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const results = join(folder, 'bench', 'results')
  mkdirSync(results)
  const module = (await import(pathToFileURL(join(folder, 'bench', 'main.ts')).href)) as {
    main: typeof main
  }
  return { profiles: join(folder, 'profiles'), results, main: module.main }
}
