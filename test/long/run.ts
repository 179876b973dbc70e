/**
 * What takes too long for `npm test`, one after the other, as it measures: `npm run test:long -- --minutes 60`.
 * Runs that are made wrong on purpose, latency where the truth is known, then the ledger, which the arguments are for.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const checks = ['latency', 'generator-bound', 'noisy-neighbour']

async function run(name: string, args: readonly string[] = []): Promise<boolean> {
  process.stdout.write(`\n== ${name}\n`)
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code === 0
}

// A Ctrl-C reaches the child as well, which ends what it started; then this one ends with it.
process.on('SIGINT', () => {})
const failed: string[] = []
for (const name of checks) if (!(await run(name))) failed.push(name)
if (!(await run('ledger', process.argv.slice(2)))) failed.push('ledger')
process.stdout.write(
  failed.length === 0 ? '\nall as it should be\n' : `\nnot as it should be: ${failed.join(', ')}\n`,
)
process.exitCode = failed.length === 0 ? 0 : 1
