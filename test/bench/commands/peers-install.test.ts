/** `gapwise peers install`: what can be made is made, the rest is named with its cure. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { InstallOutcome } from '../../../bench/catalogue.ts'
import { isPeerInstalled } from '../../../bench/install-peer.ts'
import { loadPeer } from '../../../bench/peer.ts'
import { hasProc } from '../../../bench/supervisor/process-table.ts'
import { ownHome, pidsIn } from '../../helpers/own-home.ts'
import { peerFolder } from '../../helpers/peer-folder.ts'
import { isRefusal } from '../../helpers/refusal.ts'
import { runMain } from '../../helpers/run-main.ts'
import { startGapwise } from '../../helpers/spawn-bench.ts'

const skip = hasProc ? false : 'this system has no /proc to look for leftovers in'

const makeFolder = 'import { mkdirSync } from "node:fs"\nmkdirSync("made", { recursive: true })\n'
const neverEnds = `${makeFolder}
import { spawn } from 'node:child_process'
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
setInterval(() => {}, 1000)
`
const breaks = 'console.error("the registry does not answer")\nprocess.exit(1)'

const install = { command: ['node', 'install.js'], inputs: ['install.js'], makes: 'made' }
const start = ['node', 'server.js']

const folderOf = (
  t: Test,
  code: string,
  manifest: Readonly<Record<string, unknown>> = {},
): string =>
  peerFolder(
    t,
    '',
    {},
    {
      files: { 'install.js': code },
      manifest: { levels: { default: { summary: 'One.', start, install } }, ...manifest },
    },
  )

/** A long path is on a line of its own. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const lacking = { requires: [{ command: 'no-such-program', cure: 'Get it.' }] }

t.test('what is made, and what was there', async (t) => {
  const folder = folderOf(t, makeFolder, {
    levels: { default: { summary: 'One.', start, install }, bare: { summary: 'Two.', start } },
  })
  const { id } = await loadPeer(folder)
  const first = await runMain(['peers', 'install', folder])
  t.strictSame(
    [first.code, flat(first.out)],
    [0, `installed ${id}:default already there ${id}:bare`],
  )
  t.match(first.err, /:default: installing \(node install\.js\)\n.*:default: installed in \d+ s\n$/)
  const again = await runMain(['peers', 'install', `${folder}:default`, folder, '--json'])
  t.strictSame([again.code, again.err], [0, ''])
  t.same(
    (JSON.parse(again.out) as InstallOutcome[]).map(({ contender, state }) => [contender, state]),
    [
      [`${id}:default`, 'already there'],
      [`${id}:bare`, 'already there'],
    ],
    'each once',
  )
})

t.test('it goes on where one fails or cannot, and names what is not ready', async (t) => {
  await t.test('fails', async (t) => {
    const bad = folderOf(t, breaks)
    await t.test('then a good one', async (t) => {
      const good = folderOf(t, makeFolder)
      const { code, out, err } = await runMain(['peers', 'install', bad, good])
      t.equal(code, 3)
      t.match(flat(out), /^installed \S+:default failed \S+:default: what it wrote is told above$/)
      t.match(err, 'the registry does not answer')
      t.match(err, /\nPEERS_NOT_READY: \S+:default cannot be measured yet: /)
      t.notOk(await isPeerInstalled(await loadPeer(bad), 'default'))
    })
  })
  await t.test('cannot', async (t) => {
    const { code, out, err } = await runMain(['peers', 'install', folderOf(t, makeFolder, lacking)])
    t.equal(code, 3, 'it was asked for by name')
    t.match(flat(out), /^cannot \S+:default: "no-such-program" was not found\. Get it\.$/)
    t.match(err, /^PEERS_NOT_READY: /)
  })
})

t.test('words that cannot be meant are refused before anything is made', async (t) => {
  const folder = folderOf(t, makeFolder)
  for (const [word, code, says] of [
    ['expres', 'UNKNOWN_PEER', 'Did you mean "express"?'],
    ['baseline', 'UNKNOWN_PEER', 'Known: '],
    ['express:defualt', 'UNKNOWN_LEVEL', 'Did you mean "default"?'],
  ] as const)
    isRefusal(t, await runMain(['peers', 'install', folder, word]), { exit: 2, code, says: [says] })
  t.notOk(existsSync(join(folder, 'made')))
})

for (const [signal, end] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGKILL', 'SIGKILL'],
] as const)
  t.test(`${signal} leaves no process, and nothing that looks made`, { skip }, async (t) => {
    const folder = folderOf(t, neverEnds)
    const home = ownHome(t)
    const gapwise = startGapwise(t, home, ['peers', 'install', folder])
    await gapwise.until(() => pidsIn(home, /setInterval/).length === 1)
    t.ok(existsSync(join(folder, 'made')))
    gapwise.kill(signal)
    t.equal(await gapwise.ended, end)
    t.strictSame(await home.untilClean(), [])
    t.notOk(await isPeerInstalled(await loadPeer(folder), 'default'))
    if (signal !== 'SIGKILL') t.match(gapwise.err(), /\nInterrupted: \S+:default not installed\./)
  })
