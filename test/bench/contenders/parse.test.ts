import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { parseContenders } from '../../../bench/contenders/parse.ts'
import { peerFolder } from '../../helpers/peer-folder.ts'

const ids = async (...words: string[]): Promise<string[]> =>
  (await parseContenders(words)).map(({ id }) => id)

/** A peer of one's own with these levels. */
const folderWith = (t: Test, levels: readonly string[]): string => {
  const level = { summary: 'One.', start: ['node', 'server.js'] }
  const manifest = { levels: Object.fromEntries(levels.map((name) => [name, level])) }
  return peerFolder(t, '', {}, { manifest })
}

t.test('profiles, bent or not, in the order written', async (t) => {
  const words = ['tuned', 'baseline+workers={"count":2}', 'tuned~postgres-js~pipelined-queries']
  const contenders = await parseContenders(words)
  t.strictSame(
    contenders.map(({ id, kind }) => [id, kind]),
    words.map((word) => [word, 'profile']),
  )
  t.match(contenders[1]?.toggles, { workers: { count: 2 } })
  t.notOk(Object.hasOwn(contenders[2]?.toggles ?? {}, 'postgres-js'))
})

t.test('a peer with level, or without for default and tuned', async (t) => {
  t.strictSame(await ids('express:default'), ['express:default'])
  t.ok((await ids('express')).includes('express:default'))
  const folder = folderWith(t, ['step', 'tuned', 'default'])
  const both = await parseContenders([folder])
  t.strictSame(
    both.map(({ id, kind }) => [id.split(':').at(-1), kind]),
    [
      ['default', 'peer'],
      ['tuned', 'peer'],
    ],
  )
  t.equal((await parseContenders([`${folder}:tuned`])).length, 1)
  t.match(await ids(`${folder}:step`), [/:step$/], 'a step is named')
})

t.test('a peer without level that has only steps is refused with their names', async (t) => {
  const folder = folderWith(t, ['pooled', 'cached'])
  await t.rejects(parseContenders([folder]), {
    code: 'NO_MAIN_LEVEL',
    failure: 'usage',
    message: /default and tuned.*:pooled, .*:cached/,
  })
})

t.test('a URL', async (t) => {
  await using server = createServer((_request, response) => response.writeHead(404).end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const [contender] = await parseContenders([`http://127.0.0.1:${port}`])
  t.match(contender, { id: `http://127.0.0.1:${port}`, kind: 'url', fresh: false })
  t.match(
    await contender?.unavailable(),
    /none of the contract's endpoints/,
    'a server that offers nothing',
  )
})

t.test('one that is named again gets a number', async (t) => {
  t.strictSame(await ids('tuned', 'baseline', 'tuned', 'tuned'), [
    'tuned',
    'baseline',
    'tuned#2',
    'tuned#3',
  ])
})

t.test('options may hold what looks like a path', async (t) => {
  await t.rejects(parseContenders(['baseline+workers={"count":"a/b"}']), { code: 'BAD_OPTIONS' })
})

t.test('what is no contender', async (t) => {
  const wrong: [word: string, code: string, message: RegExp][] = [
    ['basline+workers', 'UNKNOWN_CONTENDER', /"basline\+workers".*Did you mean "baseline"\?/],
    ['expres:default', 'UNKNOWN_CONTENDER', /Did you mean "express"\?/],
    ['', 'UNKNOWN_CONTENDER', /Known: advice, baseline/],
    ['no-such.json', 'UNKNOWN_PROFILE', /no file .*no-such\.json.*tuned/],
    ['json', 'UNKNOWN_CONTENDER', /write --workload json/],
    ['127.0.0.1:3000/', 'UNKNOWN_CONTENDER', /Write a server as http:\/\/127/],
    ['tuned:default', 'UNKNOWN_CONTENDER', /only peers have levels: write tuned\./],
    ['express:fast', 'UNKNOWN_LEVEL', /no level "fast".*express:default/],
    ['./nowhere', 'PEER_MANIFEST', /nowhere\/peer\.json/],
    ['ws://127.0.0.1', 'URL_FORM', /http:\/\/host:port/],
    ['HTTPS://127.0.0.1', 'URL_FORM', /plain http/],
    ['baseline+workrs', 'UNKNOWN_TOGGLE', /Did you mean "workers"\?/],
  ]
  for (const [word, code, message] of wrong)
    await t.rejects(parseContenders(['baseline', word]), { code, failure: 'usage', message }, word)
})
