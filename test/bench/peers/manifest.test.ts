import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { listPeers, loadPeer, peerLevel, peerNames } from '../../../bench/peer.ts'

const valid = {
  name: 'mine',
  language: 'JavaScript',
  framework: 'none',
  summary: 'A peer for tests.',
  requires: [],
  endpoints: ['plaintext'],
  levels: { default: { summary: 'One.', start: ['node', 'server.js'] } },
}

const folderOf = (
  t: Test,
  manifest: unknown,
  more: Record<string, string | Record<string, string>> = {},
): string =>
  t.testdir({
    'peer.json': typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
    ...more,
  })

t.test(
  'every peer that comes with gapwise is valid and bears the name of its folder',
  async (t) => {
    const peers = await listPeers()
    t.ok(peerNames().includes('express'))
    t.same(
      peers.map(({ manifest }) => manifest.name),
      peerNames(),
    )
  },
)

/** Every level of every peer that comes with gapwise, as `express:tuned`. */
const allLevels = async () =>
  (await listPeers()).flatMap(({ id, folder, manifest }) =>
    Object.entries(manifest.levels).map(([name, level]) => ({
      id: `${id}:${name}`,
      name,
      level,
      folder,
    })),
  )

t.test(
  'every level says how many connections it holds, or that each request opens one',
  async (t) => {
    for (const { id, name, level } of await allLevels()) {
      const { connections, summary } = level
      if (connections === undefined)
        t.match(summary, /connection (per|for each) request/i, `${id} has no "connections"`)
      if (name === 'tuned') t.ok((connections ?? Infinity) <= 4, `${id} holds at most 4`)
    }
  },
)

t.test('every level is described in the README of its peer', async (t) => {
  for (const { id, name, folder } of await allLevels())
    t.match(readFileSync(join(folder, 'README.md'), 'utf8'), `| \`${name}\``, id)
})

t.test('versions come from the lock file', async (t) => {
  const { id, versions } = await loadPeer('express')
  t.equal(id, 'express')
  t.match(versions, { express: /^5\.\d+\.\d+$/, pg: /^8\.\d+\.\d+$/ })
})

t.test('a folder of the user is loaded by its path', async (t) => {
  const folder = folderOf(t, { ...valid, versions: { mine: '1.0.0' } })
  const peer = await loadPeer(folder)
  t.equal(peer.folder, folder)
  t.equal(peer.id.startsWith('./'), true, 'its id can be typed again')
  t.same(peer.versions, { mine: '1.0.0' })
  t.same((await loadPeer(peer.id)).folder, folder)
})

t.test('an unknown peer is refused with the known ones', async (t) => {
  await t.rejects(loadPeer('expres'), {
    code: 'UNKNOWN_PEER',
    failure: 'usage',
    message: /Did you mean "express"/,
  })
})

t.test('an unknown level is refused, also one that every object has', async (t) => {
  const peer = await loadPeer('express')
  for (const level of ['tunde', 'constructor']) {
    t.throws(() => peerLevel(peer, level), { code: 'UNKNOWN_LEVEL', failure: 'usage' })
  }
})

t.test('a folder without peer.json is refused with the file that is missing', async (t) => {
  await t.rejects(loadPeer(t.testdir({})), {
    code: 'PEER_MANIFEST',
    failure: 'usage',
    message: /peer\.json cannot be read/,
  })
})

t.test('broken JSON is refused with the file', async (t) => {
  await t.rejects(loadPeer(folderOf(t, '{ "name": ')), {
    code: 'PEER_MANIFEST',
    message: /peer\.json is not JSON/,
  })
})

t.test('each wrong key is named', async (t) => {
  const level = valid.levels.default
  const cases: [unknown, RegExp][] = [
    [{ ...valid, name: 'Not A Name' }, /"name"/],
    [{ ...valid, endpoints: [] }, /"endpoints"/],
    [{ ...valid, levels: {} }, /"levels"/],
    [{ ...valid, levels: { Default: level } }, /"levels\.Default"/],
    [{ ...valid, levels: { default: { ...level, start: [] } } }, /"levels\.default\.start"/],
    [{ ...valid, levels: { default: { ...level, start: 'node' } } }, /"levels\.default\.start"/],
    [{ ...valid, levels: { default: { ...level, env: { A: 1 } } } }, /"levels\.default\.env\.A"/],
    [{ ...valid, speed: 'fast' }, /"speed"/],
    [
      { ...valid, requires: [{ command: 'go', atLeast: 'new', cure: '?' }] },
      /"requires\.0\.atLeast"/,
    ],
    ['[]', /the whole file/],
  ]
  for (const [manifest, message] of cases) {
    await t.rejects(
      loadPeer(folderOf(t, manifest)),
      { code: 'PEER_MANIFEST', failure: 'usage', message },
      String(message),
    )
  }
})

t.test('a package that the lock file does not hold is named', async (t) => {
  const manifest = { ...valid, locked: { file: 'package-lock.json', packages: ['left'] } }
  const lock = JSON.stringify({ packages: { '': {}, 'node_modules/right': { version: '1.0.0' } } })
  await t.rejects(loadPeer(folderOf(t, manifest, { 'package-lock.json': lock })), {
    code: 'PEER_MANIFEST',
    message: /package-lock\.json: "packages\.node_modules\/left\.version"/,
  })
})

t.test('versions come from a go.mod too', async (t) => {
  const { versions } = await loadPeer('go-nethttp')
  t.match(versions, { go: /^1\.\d+\.\d+$/, 'github.com/jackc/pgx/v5': /^5\.\d+\.\d+$/ })
})

t.test('a module that go.mod does not require is named', async (t) => {
  const manifest = { ...valid, locked: { file: 'go.mod', packages: ['example.com/left'] } }
  const more = { 'go.mod': 'module mine\n\nrequire example.com/right v1.0.0\n' }
  await t.rejects(loadPeer(folderOf(t, manifest, more)), {
    code: 'PEER_MANIFEST',
    message: /go\.mod: "example\.com\/left"/,
  })
})

t.test('versions come from a requirements.txt too, in any folder and any spelling', async (t) => {
  const { versions } = await loadPeer('fastapi')
  t.match(versions, { fastapi: /^\d+\.\d+\.\d+$/, asyncpg: /^\d+\.\d+\.\d+$/ })
  const manifest = { ...valid, locked: { file: 'locks/all.txt', packages: ['Jinja2'] } }
  const more = { locks: { 'all.txt': 'jinja2==3.1.6 \\\n    --hash=sha256:00\n' } }
  t.same((await loadPeer(folderOf(t, manifest, more))).versions, { Jinja2: '3.1.6' })
})

t.test('a package that requirements.txt does not pin is named', async (t) => {
  const manifest = { ...valid, locked: { file: 'requirements.txt', packages: ['left'] } }
  const more = { 'requirements.txt': 'right==1.0.0\nleft>=1.0.0\n' }
  await t.rejects(loadPeer(folderOf(t, manifest, more)), {
    code: 'PEER_MANIFEST',
    message: /requirements\.txt: "left"/,
  })
})

t.test(
  'the version of a program of this machine is recorded where the peer asks for it',
  async (t) => {
    const node = { command: 'node', cure: 'Install Node.' }
    const missing = { command: 'no-such-program', recordedAs: 'nothing', cure: 'None.' }
    const versionsFor = async (...requires: object[]) =>
      (await loadPeer(folderOf(t, { ...valid, requires }))).versions
    t.same(await versionsFor({ ...node, recordedAs: 'Node' }, missing), {
      Node: process.versions.node,
    })
    t.same(await versionsFor(node), {})
  },
)

t.test('a lock file that is not there is named', async (t) => {
  for (const file of ['go.mod', 'package-lock.json', 'requirements.txt']) {
    const manifest = { ...valid, locked: { file, packages: ['left'] } }
    await t.rejects(loadPeer(folderOf(t, manifest)), {
      code: 'PEER_MANIFEST',
      message: new RegExp(`${file} cannot be read`),
    })
  }
})
