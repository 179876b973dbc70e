/** Size on disk: what is counted, and what is not. */
import { linkSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  productionFolders,
  profileInstallSize,
  sizeOf,
} from '../../../bench/footprint/install-size.ts'

t.test('files count once, links and folders left out do not', async (t) => {
  const dir = t.testdir({
    'a.js': '12345',
    lib: { 'b.js': '123', node_modules: { 'c.js': '1' } },
  })
  linkSync(join(dir, 'a.js'), join(dir, 'again.js'))
  symlinkSync(join(dir, 'a.js'), join(dir, 'link.js'))
  t.equal(await sizeOf(dir), 9)
  t.equal(await sizeOf(dir, new Set(['node_modules'])), 8)
  t.equal(await sizeOf(join(dir, 'lib/b.js')), 3)
})

t.test('development and optional packages are no part of it', async (t) => {
  const packages = {
    '': {},
    'node_modules/a': {},
    'node_modules/a/node_modules/b': {},
    'node_modules/dev': { dev: true },
    'node_modules/binary': { optional: true },
    'node_modules/both': { devOptional: true },
  }
  t.same(productionFolders(JSON.stringify({ lockfileVersion: 3, packages })), [
    'node_modules/a',
    'node_modules/a/node_modules/b',
  ])
})

t.test('a profile says what was counted', async (t) => {
  const { bytes, detail } = await profileInstallSize()
  t.ok(bytes > 1e6)
  t.match(detail, /^\d+ production packages \(no dev, no optional ones\), src and profiles/)
})
