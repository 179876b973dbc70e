/** `gapwise peers`: driven by the folder, with what each level needs here. */
import t, { type Test } from 'tap'
import type { PeerFacts } from '../../../bench/catalogue.ts'
import { peerFacts } from '../../../bench/catalogue/peers.ts'
import { installPeer } from '../../../bench/install-peer.ts'
import { listPeers, loadPeer, peerNames } from '../../../bench/peer.ts'
import { checkOnce, readinessOf } from '../../../bench/peer-readiness.ts'
import { renderPeerList, renderPeerPage } from '../../../bench/report/peer-text.ts'
import { peerFolder } from '../../helpers/peer-folder.ts'
import { isRefusal } from '../../helpers/refusal.ts'
import { runMain } from '../../helpers/run-main.ts'

const isNarrow = (text: string): boolean => text.split('\n').every((line) => line.length <= 100)

const install = { command: ['node', 'install.js'], inputs: ['install.js'], makes: 'made' }
const levels = {
  default: { summary: 'One.', start: ['node', 'server.js'], install, connections: 7 },
  bare: { summary: 'Nothing to make.', start: ['node', 'server.js'] },
}
const gone = { command: 'no-such-program', atLeast: '2.1', cure: 'Get it from a shop.' }

const folderOf = (t: Test, manifest: Readonly<Record<string, unknown>> = {}): string =>
  peerFolder(
    t,
    '',
    {},
    {
      files: { 'install.js': 'import { mkdirSync } from "node:fs"\nmkdirSync("made")' },
      manifest: { versions: { mine: '1.2.3' }, levels, ...manifest },
    },
  )

t.test('the list has every peer with its versions and levels', async (t) => {
  const { code, out, err } = await runMain(['peers'])
  t.equal(code, 0)
  t.equal(err, '')
  t.ok(isNarrow(out))
  for (const { id, manifest, versions } of await listPeers()) {
    t.ok(out.includes(`${id}: ${manifest.framework} (${manifest.language}). `), id)
    for (const [name, version] of Object.entries(versions)) t.ok(out.includes(`${name} ${version}`))
    for (const level of Object.keys(manifest.levels))
      t.match(out, new RegExp(`^ {2}${id}:${level} +(ready|not installed: |missing: )`, 'm'))
  }
  const all = JSON.parse((await runMain(['peers', '--json'])).out) as PeerFacts[]
  t.strictSame(
    all.map(({ name }) => name),
    peerNames(),
  )
  t.equal(renderPeerList(all), out, 'the same as data')
})

t.test('a level is ready, not installed or lacks a program, each with its cure', async (t) => {
  const peer = await loadPeer(folderOf(t))
  t.same(await readinessOf(peer, 'bare'), { state: 'ready', cure: null })
  t.same(await readinessOf(peer, 'default'), {
    state: 'not installed',
    cure: `npm run gapwise -- peers install ${peer.id}`,
  })
  await installPeer(peer, 'default', () => {})
  t.same(await readinessOf(peer, 'default'), { state: 'ready', cure: null })
  const lacking = await loadPeer(
    folderOf(t, { requires: [gone, { ...gone, command: 'nor-this' }] }),
  )
  t.same(await readinessOf(lacking, 'bare'), {
    state: 'missing',
    cure: '"no-such-program" was not found. Get it from a shop. "nor-this" was not found. Get it from a shop.',
  })
})

t.test('a program that several peers need is looked for once, a path in each folder', async (t) => {
  const asked: string[] = []
  const check = checkOnce(async ({ command }, folder) => {
    asked.push(`${folder} ${command}`)
    return command === 'bad' ? 'no' : undefined
  })
  const npm = { command: 'npm', cure: 'x' }
  for (const folder of ['/a', '/b']) {
    t.equal(await check(npm, folder), undefined)
    t.equal(await check({ command: 'bad', cure: 'x' }, folder), 'no')
    t.equal(await check({ command: './own', cure: 'x' }, folder), undefined)
  }
  t.same(asked, ['/a npm', '/a bad', '/a ./own', '/b ./own'])
})

t.test('the page of a folder of one’s own', async (t) => {
  const folder = folderOf(t, { requires: [gone], endpoints: ['json', 'db'] })
  const { code, out } = await runMain(['peers', folder])
  t.equal(code, 0)
  const facts = await peerFacts(await loadPeer(folder), checkOnce())
  t.equal(out, renderPeerPage(facts))
  t.ok(isNarrow(out))
  t.match(out, /^\.\/.*: none\s+\(JavaScript\)\. A peer for tests\.\n/)
  t.match(out, /^ {2}versions {2}mine 1\.2\.3$/m)
  t.match(out, /^ {2}needs {5}no-such-program 2\.1 or newer$/m)
  t.match(out, /^ {2}offers {4}json, db$/m)
  t.match(out, /^ {2}lacks {5}cached-queries, checkout, /m)
  t.notMatch(out, 'decisions')
  t.match(out, /:default\n {2}what {6}One\.\n {2}state {5}missing: "no-such-program" was not found/)
  t.match(out, /^ {2}database {2}at most 7 connections$/m)
  t.match(out, /:bare\n[^]*^ {2}database {2}not told$/m)
  t.match(facts, { decisions: null, requires: [{ command: 'no-such-program', atLeast: '2.1' }] })
  t.ok(facts.leavesOut.includes('updates'))
  t.notOk(facts.leavesOut.includes('db'))
  const json = await runMain(['peers', folder, '--json'])
  t.same(JSON.parse(json.out), JSON.parse(JSON.stringify(facts)))
})

t.test('a peer that comes with gapwise names where its decisions stand', async (t) => {
  t.match(
    (await runMain(['peers', 'express'])).out,
    /^ {2}decisions {2}bench\/peers\/express\/README\.md$/m,
  )
})

t.test('what is no peer is refused with the nearest one', async (t) => {
  isRefusal(t, await runMain(['peers', 'expres']), {
    exit: 2,
    code: 'UNKNOWN_PEER',
    says: ['"expres"', 'Did you mean "express"?', './my-app'],
  })
  isRefusal(t, await runMain(['peers', './none']), {
    exit: 2,
    code: 'PEER_MANIFEST',
    says: ['none/peer.json'],
  })
})
