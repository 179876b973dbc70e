#!/usr/bin/env node
/** The published command: plain JavaScript, so that an old Node can say what it needs instead of a syntax error. */
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 12)) {
  process.stderr.write(
    `OLD_NODE: gapwise needs Node 24.12 or newer, found ${process.version}. ` +
      'Inside the project, `npm run gapwise -- …` uses the Node that it pins.\n',
  )
  process.exit(3)
}
const { runAsProcess } = await import('./main.ts')
await runAsProcess()
