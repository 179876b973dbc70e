/** What a user meets when something outside of the words is wrong: no server, no database, a doctored file. */
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { freePort } from '../../bench/sockets.ts'
import { ownHome } from '../helpers/own-home.ts'
import { enter, isRefusal } from '../helpers/refusal.ts'
import { type Ended, runMain } from '../helpers/run-main.ts'
import { resultFixture } from './commands/fixtures/result.ts'

t.test('a server that is not there', async (t) => {
  const home = ownHome(t)
  enter(t, home)
  for (const command of ['bench', 'verify'])
    isRefusal(t, await runMain([command, 'http://127.0.0.1:1']), {
      exit: 3,
      code: 'CONTENDER_UNAVAILABLE',
      says: ['http://127.0.0.1:1', 'ECONNREFUSED', 'npm start -- tuned'],
    })
  t.ok(home.isUntouched())
})

t.test('a database that is not there', async (t) => {
  const home = ownHome(t)
  enter(t, home)
  const serve = `serve tuned --port ${await freePort()}`
  const dead = 'postgres://user:s3cret@127.0.0.1:1/x'
  for (const words of ['bench baseline', serve, 'verify baseline', 'seed'])
    await t.test(words, async (t) => {
      const ended = await runMain([...words.split(' '), '--database-url', dead])
      isRefusal(t, ended, {
        exit: 3,
        code: 'DATABASE_UNREACHABLE',
        says: ['user:***@127.0.0.1:1', 'ECONNREFUSED', 'start the server', '--database-url'],
      })
      t.notOk(ended.err.includes('s3cret'), 'the password is never printed')
      t.strictSame(await home.untilClean(), [], 'nothing is left')
    })
  await t.test('or no URL', async (t) => {
    const ended = await runMain(['bench', 'baseline', '--database-url', 'user:s3cret@there'])
    isRefusal(t, ended, {
      exit: 2,
      code: 'DATABASE_URL_INVALID',
      says: ['postgres://', 'DATABASE_URL'],
    })
    t.notOk(ended.err.includes('s3cret'))
    t.strictSame(await home.untilClean(), [])
  })
})

t.test('a busy port', async (t) => {
  const home = ownHome(t)
  enter(t, home)
  await using server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  isRefusal(t, await runMain(['serve', 'tuned', '--port', String(port)]), {
    exit: 3,
    code: 'PORT_IN_USE',
    says: [`Port ${port}`, 'npm start -- tuned --port'],
  })
  t.ok(home.isUntouched(), 'PostgreSQL was not started for it')
})

t.test('a result file that cannot be trusted', async (t) => {
  const { result, text } = await resultFixture()
  const dir = t.testdir()
  const path = join(dir, 'result.json')
  const report = (content: string): Promise<Ended> => {
    writeFileSync(path, content)
    return runMain(['report', path])
  }
  const ended = await report(text)
  t.strictSame([ended.code, ended.err], [0, ''], 'the whole one is shown')
  t.match(ended.out, /^Indicative/)
  const refusals: [content: string, code: string, says: string[]][] = [
    [text.slice(0, 900), 'RESULT_CORRUPT', [path, 'repeat the run']],
    ['', 'RESULT_CORRUPT', [path]],
    ['{}', 'RESULT_CORRUPT', [path, '/schemaVersion']],
    [text.replace('"schemaVersion":1', '"schemaVersion":99'), 'RESULT_NEWER', ['99']],
    [
      JSON.stringify({
        ...result,
        comparisons: result.comparisons.map((each) => ({ ...each, ratio: each.ratio / 2 })),
      }),
      'RESULT_MISMATCH',
      [path, 'comparisons', 'changed after the run'],
    ],
    [
      JSON.stringify({
        ...result,
        windows: result.windows.map((each) => ({ ...each, requests: each.requests * 2 })),
      }),
      'RESULT_MISMATCH',
      [path],
    ],
  ]
  for (const [content, code, says] of refusals)
    isRefusal(t, await report(content), { exit: 6, code, says })
})
