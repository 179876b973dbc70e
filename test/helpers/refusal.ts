/** What every refused command has in common: one message with the cure, and nothing else. */
import type { Test } from 'tap'
import type { OwnHome } from './own-home.ts'
import type { Ended } from './run-main.ts'

/** The test's own process works in the home too. */
export function enter(t: Test, { env }: OwnHome): void {
  const names = ['XDG_CACHE_HOME', 'TMPDIR', 'DATABASE_URL']
  const earlier = names.map((name) => [name, process.env[name]] as const)
  const set = ([name, value]: readonly [string, string | undefined]): void => {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  for (const name of names) set([name, env[name]])
  t.teardown(() => earlier.forEach(set))
}

/** One message in our form that says all of this, nothing on stdout. */
export function isRefusal(
  t: Test,
  { code, out, err }: Ended,
  wanted: { exit: number; code: string; says: readonly string[] },
): void {
  t.equal(code, wanted.exit, 'exit code')
  t.equal(out, '', 'no data')
  t.match(err, new RegExp(`^${wanted.code}: .*\\n$`), 'one message with a stable code')
  t.equal(err.split('\n').length, 2, 'on one line')
  for (const part of wanted.says) t.ok(err.includes(part), `says ${part}`)
}

/** A command line and what its refusal says. */
export type Mistake = readonly [argv: string, code: string, says: readonly string[]]
