/** A server that answers faster than the generator asks: its requests per second are a lower bound, and called so. */
import { join } from 'node:path'
import t from 'tap'
import { ownHome } from '../helpers/own-home.ts'
import { peerFolder } from '../helpers/peer-folder.ts'
import { resultAt, startGapwise } from '../helpers/spawn-bench.ts'

/** No parser and no serializer: one write for each segment that comes in, as one connection has one request in flight. */
const cannedCode = `
import { createServer } from 'node:net'
const { PORT, HOST } = process.env
const answer = (status, body) => Buffer.from(
  'HTTP/1.1 ' + status + '\\r\\nServer: mine\\r\\nDate: ' + new Date().toUTCString() +
  '\\r\\nContent-Type: application/json\\r\\nContent-Length: ' + body.length + '\\r\\n\\r\\n' + body)
const hello = () => answer('200 OK', '{"message":"Hello, World!"}')
let right = hello()
setInterval(() => { right = hello() }, 500)
const wrong = answer('404 Not Found', '{}')
createServer({ noDelay: true }, (socket) => {
  socket.on('data', (bytes) => socket.write(bytes.indexOf(' /json ') === 3 ? right : wrong))
  socket.on('error', () => socket.destroy())
}).listen(Number(PORT), HOST)
process.on('SIGTERM', () => process.exit())
`

t.test('what the generator limits is shown as at least', { timeout: 300_000 }, async (t) => {
  const home = ownHome(t, { postgres: true })
  const folder = peerFolder(t, cannedCode)
  const out = join(folder, 'result.json')
  const words = ['bench', 'baseline', folder, '--workload', 'json', '--connections', '64']
  const bench = startGapwise(t, home, [...words, '--blocks', '3', '--budget', '30s', '--out', out])
  t.equal(await bench.ended, 0, bench.err())
  const { gates, comparisons, warnings } = await resultAt(out)
  const gate = gates.find(({ name, ok }) => name === 'generator' && !ok)
  t.match(
    gate,
    { contender: /:default$/ },
    'the fast one alone, if this machine has cores to spare',
  )
  t.ok(warnings.some(({ code }) => code === 'GENERATOR_BOUND'))
  const capacity = comparisons.find(({ metric }) => metric === 'capacity')
  t.equal(capacity?.bound, 'at-least')
  t.match(bench.out(), />=\d/, 'in the table')
  t.match(bench.out().replaceAll(/\s+/g, ' '), /its requests\/s are at least the number shown/)
  t.strictSame(await home.untilClean(), [])
})
