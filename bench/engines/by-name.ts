/** The engines by name: a closed set, each loaded only when asked for. */
import { GapwiseError } from '../../src/errors.ts'
import { suggest } from '../../src/suggest.ts'
import type { Engine } from '../engine.ts'

const engines: Readonly<Record<string, () => Promise<{ readonly engine: Engine }>>> = {
  'built-in': () => import('./built-in.ts'),
  wrk: () => import('./wrk.ts'),
  h2load: () => import('./h2load.ts'),
}

/** Every engine's name, the default first. */
export const engineNames = (): string[] => Object.keys(engines)

/**
 * Loads an engine.
 * @throws GapwiseError `usage` UNKNOWN_ENGINE
 */
export async function loadEngine(name: string): Promise<Engine> {
  const load = Object.hasOwn(engines, name) ? engines[name] : undefined
  if (load === undefined)
    throw new GapwiseError(
      'usage',
      'UNKNOWN_ENGINE',
      `There is no engine "${name}". ${suggest(name, engineNames())}`,
    )
  return (await load()).engine
}
