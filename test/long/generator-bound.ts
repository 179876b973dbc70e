/** A server that answers faster than the generator asks: its requests per second are a lower bound, and called so. */
import { join } from 'node:path'
import t from 'tap'
import { ownHome } from '../helpers/own-home.ts'
import { peerFolder } from '../helpers/peer-folder.ts'
import { resultAt, startGapwise } from '../helpers/spawn-bench.ts'

/**
 * No parser and no serializer: one write of bytes made before for each segment that comes in, as a connection has one
 * request in flight. Its body comes letter by letter, in chunks, and no two in a row are framed alike, so that they
 * have to be read: that costs little to send and a lot to check.
 */
const cannedCode = `
import { createServer } from 'node:net'
const { PORT, HOST } = process.env
const answer = (status, body, extension = '') => Buffer.from(
  'HTTP/1.1 ' + status + '\\r\\nServer: mine\\r\\nDate: ' + new Date().toUTCString() +
  '\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n' +
  [...body].map((letter) => '1' + extension + '\\r\\n' + letter + '\\r\\n').join('') + '0\\r\\n\\r\\n')
const hellos = () => Array.from({ length: 16 }, (_, index) =>
  answer('200 OK', '{' + ' '.repeat(400) + '"message":"Hello, World!"}', ';' + index))
let right = hellos()
let count = 0
setInterval(() => { right = hellos() }, 500)
const wrong = answer('404 Not Found', '{}')
createServer({ noDelay: true }, (socket) => {
  socket.on('data', (bytes) => socket.write(bytes.indexOf(' /json ') === 3 ? right[count++ % 16] : wrong))
  socket.on('error', () => socket.destroy())
}).listen(Number(PORT), HOST)
process.on('SIGTERM', () => process.exit())
`

t.setTimeout(300_000)
t.test('what the generator limits is shown as at least', async (t) => {
  const home = ownHome(t, { postgres: true })
  const folder = peerFolder(t, cannedCode)
  const out = join(folder, 'result.json')
  const words = ['bench', 'baseline', folder, '--workload', 'json', '--connections', '64']
  const bench = startGapwise(t, home, [...words, '--blocks', '3', '--budget', '30s', '--out', out])
  t.equal(await bench.ended, 0, bench.err())
  t.strictSame(await home.untilClean(), [])
  const { gates, comparisons, warnings } = await resultAt(out)
  const generator = gates.find(
    ({ name, contender }) => name === 'generator' && contender !== 'baseline',
  )
  const isQuiet = gates.every(({ name, ok }) => name !== 'quiet' || ok)
  // One that is kept from its core by others is not at its limit by its own CPU time: then `quiet` has failed.
  if (!isQuiet && generator?.ok === true) {
    t.pass('was not seen', { skip: 'the machine is busy: the generator did not get its core' })
    return
  }
  t.equal(generator?.ok, false)
  t.ok(warnings.some(({ code }) => code === 'GENERATOR_BOUND'))
  const capacity = comparisons.find(({ metric }) => metric === 'capacity')
  t.equal(capacity?.bound, 'at-least')
  t.match(bench.out(), />=\d/, 'in the table')
  t.match(bench.out().replaceAll(/\s+/g, ' '), /its requests\/s are at least the number shown/)
})
