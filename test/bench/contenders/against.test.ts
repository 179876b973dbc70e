import t, { type Test } from 'tap'
import { parseAgainst } from '../../../bench/contenders/against.ts'
import { loadPeer } from '../../../bench/peer.ts'
import { peerFolder } from '../../helpers/peer-folder.ts'

const ids = async (
  words: readonly string[],
  peers: readonly string[],
): Promise<{ contenders: string[]; against: string[] }> => {
  const { contenders, against } = await parseAgainst(words, peers)
  return { contenders: contenders.map(({ id }) => id), against: [...against] }
}

/** A folder with two levels, as it would be named. */
const twoLevels = async (t: Test): Promise<string> => {
  const level = { summary: 'One.', start: ['node', 'server.js'] }
  const folder = peerFolder(t, '', {}, { manifest: { levels: { default: level, tuned: level } } })
  return (await loadPeer(folder)).id
}

t.test('a peer that was not named is measured too, after the others', async (t) => {
  t.same(await ids(['baseline', 'tuned'], ['express:default']), {
    contenders: ['baseline', 'tuned', 'express:default'],
    against: ['express:default'],
  })
})

t.test('one that was named keeps its place and is measured once', async (t) => {
  t.same(await ids(['baseline', 'express:default', 'tuned'], ['express:default']), {
    contenders: ['baseline', 'express:default', 'tuned'],
    against: ['express:default'],
  })
})

t.test('a bare name stands for all levels, each once; a folder is a peer too', async (t) => {
  const mine = await twoLevels(t)
  t.same(await ids(['baseline', 'tuned'], [`${mine}:tuned`, mine]), {
    contenders: ['baseline', 'tuned', `${mine}:tuned`, `${mine}:default`],
    against: [`${mine}:tuned`, `${mine}:default`],
  })
})

t.test('a level that is named as a contender only closes the gap to the other', async (t) => {
  const mine = await twoLevels(t)
  t.same(await ids(['baseline', `${mine}:default`], [`${mine}:tuned`]), {
    contenders: ['baseline', `${mine}:default`, `${mine}:tuned`],
    against: [`${mine}:tuned`],
  })
})

t.test('without --against nothing is added', async (t) => {
  t.same(await ids(['baseline', 'express:default'], []), {
    contenders: ['baseline', 'express:default'],
    against: [],
  })
})

t.test('what cannot be meant is refused', async (t) => {
  const wrong: [words: string[], peers: string[], code: string, message: RegExp][] = [
    [['baseline', 'pooled'], ['tuned'], 'NOT_A_PEER', /tuned is a profile: name it as a contender/],
    [['baseline', 'tuned'], ['http://127.0.0.1:9'], 'NOT_A_PEER', /127\.0\.0\.1:9 is a URL/],
    [
      ['express:default', 'tuned'],
      ['express'],
      'AGAINST_BASE',
      /express:default, which is the base/,
    ],
    [
      ['baseline'],
      ['express:default'],
      'AGAINST_ALONE',
      /from baseline to express:default .* name one/,
    ],
    [['baseline', 'express'], ['express'], 'AGAINST_ALONE', /there is no other/],
    [['baseline', 'tuned'], ['expres'], 'UNKNOWN_CONTENDER', /Did you mean "express"/],
    [['baseline', 'tuned'], ['express:fast'], 'UNKNOWN_LEVEL', /no level "fast"/],
  ]
  for (const [words, peers, code, message] of wrong)
    await t.rejects(parseAgainst(words, peers), { failure: 'usage', code, message }, code)
})
