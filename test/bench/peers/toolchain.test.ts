import t from 'tap'
import { resolveTool, unmetRequirement } from '../../../bench/toolchain.ts'

const cure = 'Install it.'

t.test('node means the Node that runs gapwise', (t) => {
  t.same(resolveTool(['node', 'server.js'], '/peer'), {
    command: process.execPath,
    args: ['server.js'],
  })
  t.end()
})

t.test('npm means the npm that started gapwise, and no other package manager', (t) => {
  const before = process.env['npm_execpath']
  t.teardown(() => {
    if (before === undefined) delete process.env['npm_execpath']
    else process.env['npm_execpath'] = before
  })
  process.env['npm_execpath'] = '/lib/npm/bin/npm-cli.js'
  t.same(resolveTool(['npm', 'ci'], '/peer'), {
    command: process.execPath,
    args: ['/lib/npm/bin/npm-cli.js', 'ci'],
  })
  process.env['npm_execpath'] = '/lib/yarn/bin/yarn.js'
  t.same(resolveTool(['npm', 'ci'], '/peer'), { command: 'npm', args: ['ci'] })
  t.end()
})

t.test('a path is meant from the folder of the peer, a name from the PATH', (t) => {
  t.equal(resolveTool(['./bin/app'], '/peer').command, '/peer/bin/app')
  t.equal(resolveTool(['go', 'build'], '/peer').command, 'go')
  t.end()
})

t.test('a program that is there and new enough meets its requirement', async (t) => {
  t.equal(await unmetRequirement({ command: 'node', cure }, '/'), undefined)
  t.equal(await unmetRequirement({ command: 'node', atLeast: '24.12', cure }, '/'), undefined)
})

t.test('a program that is too old is named with both versions and the cure', async (t) => {
  const found = process.versions.node
  t.equal(
    await unmetRequirement({ command: 'node', atLeast: '999', cure }, '/'),
    `"node" must be version 999 or newer, found ${found}. Install it.`,
  )
  const [major, minor = 0] = found.split('.').map(Number)
  const next = `${major}.${minor + 1}`
  t.match(await unmetRequirement({ command: 'node', atLeast: next, cure }, '/'), next)
})

t.test('a program that is missing is named with the cure', async (t) => {
  t.equal(
    await unmetRequirement({ command: 'no-such-program', cure }, '/'),
    '"no-such-program" was not found. Install it.',
  )
})

t.test('a program that fails is not taken for present', async (t) => {
  t.equal(
    await unmetRequirement({ command: 'node', versionArgs: ['--no-such-flag'], cure }, '/'),
    '"node" does not run. Install it.',
  )
})
