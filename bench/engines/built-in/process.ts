/** Entry of the generator's process: takes commands over IPC and ends with its parent. */
import { GapwiseError } from '../../../src/errors.ts'
import { loadWorkload } from '../../workloads/by-name.ts'
import { Generator } from './generator.ts'
import { giveWay } from './give-way.ts'
import type { Answer, Command } from './messages.ts'

let generator: Generator | undefined

async function obey(command: Command): Promise<Answer> {
  if (command.type !== 'open') {
    if (generator === undefined)
      throw new Error('A window was asked for before the arms were named')
    return command.type === 'window'
      ? { type: 'reading', reading: await generator.window(command.order) }
      : { type: 'paced-reading', reading: await generator.paced(command.order) }
  }
  if (command.givesWay) giveWay()
  const arms = command.arms.map(({ id, url }) => ({ id, url: new URL(url) }))
  const tag = Date.now().toString(36)
  generator = new Generator(arms, command.seed, { loadWorkload, tag })
  return { type: 'ready' }
}

const failed = (error: unknown): Answer => ({
  type: 'failed',
  failure: error instanceof GapwiseError ? error.failure : 'internal',
  code: error instanceof GapwiseError ? error.code : 'GENERATOR_FAILED',
  message: error instanceof Error ? error.message : String(error),
})

// The channel closes however the parent ends, by SIGKILL too: nothing may outlive it.
process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole foreground group; the bench decides when the generator ends.
process.on('SIGINT', () => {})
process.on('message', (command: Command) => {
  void obey(command)
    .catch(failed)
    .then((answer) => process.send?.(answer))
})
