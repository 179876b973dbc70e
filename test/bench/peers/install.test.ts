import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { installPeer, isPeerInstalled } from '../../../bench/install-peer.ts'
import { type Peer, loadPeer } from '../../../bench/peer.ts'

const installer = `
import { appendFileSync, mkdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
appendFileSync('installs.log', 'x')
await setTimeout(100)
mkdirSync('made', { recursive: true })
`

async function build(t: Test, code = installer, input = 'lock'): Promise<Peer> {
  return loadPeer(
    t.testdir({
      'package.json': '{ "type": "module" }',
      'install.js': code,
      lock: 'one',
      'peer.json': JSON.stringify({
        name: 'mine',
        language: 'JavaScript',
        framework: 'none',
        summary: 'A peer for tests.',
        requires: [],
        endpoints: ['plaintext'],
        levels: {
          default: {
            summary: 'One.',
            install: { command: ['node', 'install.js'], inputs: [input], makes: 'made' },
            start: ['node', 'server.js'],
          },
          bare: { summary: 'Nothing to make.', start: ['node', 'server.js'] },
        },
      }),
    }),
  )
}

const installs = ({ folder }: Peer): number =>
  readFileSync(join(folder, 'installs.log'), 'utf8').length

t.test('the first use installs, with progress', async (t) => {
  const peer = await build(t)
  const lines: string[] = []
  t.equal(await installPeer(peer, 'default', (line) => lines.push(line)), true)
  t.match(lines, [/:default: installing \(node install\.js\)/, /installed in \d+ s/])
  t.equal(installs(peer), 1)
})

t.test('the next use does not, and says nothing', async (t) => {
  const peer = await build(t)
  await installPeer(peer, 'default', () => {})
  const lines: string[] = []
  t.equal(await installPeer(peer, 'default', (line) => lines.push(line)), false)
  t.same(lines, [])
  t.equal(installs(peer), 1)
})

t.test('a lock file that changed installs again', async (t) => {
  const peer = await build(t)
  await installPeer(peer, 'default', () => {})
  writeFileSync(join(peer.folder, 'lock'), 'two')
  await installPeer(peer, 'default', () => {})
  t.equal(installs(peer), 2)
})

t.test('of a pattern each file counts, also one that is new', async (t) => {
  const peer = await build(t, installer, '*.go')
  const write = (name: string, text: string): void => writeFileSync(join(peer.folder, name), text)
  for (const [name, text] of [
    ['a.go', 'one'],
    ['b.go', 'one'],
    ['b.go', 'two'],
  ] as const) {
    write(name, text)
    t.equal(await installPeer(peer, 'default', () => {}), true, `${name} ${text}`)
  }
  write('b.txt', 'three')
  t.equal(await installPeer(peer, 'default', () => {}), false, 'what does not match has no say')
})

t.test('an input that is not there is named', async (t) => {
  const peer = await build(t, installer, 'gone')
  await t.rejects(
    installPeer(peer, 'default', () => {}),
    { code: 'PEER_MANIFEST', failure: 'usage', message: /peer\.json: "inputs".* gone,/ },
  )
})

t.test('a folder that was deleted is made again', async (t) => {
  const peer = await build(t)
  await installPeer(peer, 'default', () => {})
  rmSync(join(peer.folder, 'made'), { recursive: true })
  await installPeer(peer, 'default', () => {})
  t.equal(installs(peer), 2)
})

const skip = process.platform === 'linux' ? false : 'installs are locked on Linux only'

t.test('of two at once one installs and the other waits for it', { skip }, async (t) => {
  const peer = await build(t)
  const lines: string[] = []
  const install = (): Promise<boolean> => installPeer(peer, 'default', (line) => lines.push(line))
  t.same(new Set(await Promise.all([install(), install()])), new Set([false, true]))
  t.equal(installs(peer), 1)
  t.ok(lines.some((line) => line.includes('another gapwise is installing it')))
})

t.test('a failed install shows the end of its output and is not taken for done', async (t) => {
  const peer = await build(t, 'console.error("registry does not answer"); process.exit(1)')
  for (let attempt = 0; attempt < 2; attempt++) {
    await t.rejects(
      installPeer(peer, 'default', () => {}),
      {
        code: 'PEER_INSTALL',
        failure: 'environment',
        message: /"node install\.js"[^]*registry does not answer[^]*repeat/,
      },
    )
  }
})

t.test('an install that fails after it worked is not taken for done', async (t) => {
  const peer = await build(t)
  await installPeer(peer, 'default', () => {})
  writeFileSync(join(peer.folder, 'lock'), 'two')
  appendFileSync(join(peer.folder, 'install.js'), 'process.exit(1)')
  await t.rejects(
    installPeer(peer, 'default', () => {}),
    { code: 'PEER_INSTALL' },
  )
  writeFileSync(join(peer.folder, 'lock'), 'one')
  writeFileSync(join(peer.folder, 'install.js'), installer)
  t.equal(await installPeer(peer, 'default', () => {}), true)
})

t.test('an interruption ends what is being made, which does not count as made', async (t) => {
  const peer = await build(t, `${installer}\nawait setTimeout(60_000)`)
  const stop = new AbortController()
  const install = installPeer(peer, 'default', () => {}, stop.signal)
  while (!existsSync(join(peer.folder, 'made'))) await sleep(20)
  stop.abort('SIGINT')
  await t.rejects(install, { code: 'INSTALL_INTERRUPTED', failure: 'interrupted' })
  t.notOk(await isPeerInstalled(peer, 'default'), 'although its folder is there')
  writeFileSync(join(peer.folder, 'install.js'), installer)
  t.equal(await installPeer(peer, 'default', () => {}), true)
  t.ok(await isPeerInstalled(peer, 'default'))
})

t.test('a command that is not there is named', async (t) => {
  const peer = await build(t)
  const { levels } = peer.manifest
  const install = { command: ['no-such-program'], inputs: ['lock'], makes: 'made' }
  const manifest = {
    ...peer.manifest,
    levels: { ...levels, default: { ...levels['default']!, install } },
  }
  await t.rejects(
    installPeer({ ...peer, manifest }, 'default', () => {}),
    { code: 'PEER_INSTALL', message: /"no-such-program".*not on PATH/s },
  )
})

t.test('a level with nothing to make installs nothing', async (t) => {
  t.equal(await installPeer(await build(t), 'bare', () => {}), false)
})
