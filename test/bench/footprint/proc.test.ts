/** What is read of /proc: memory of a tree and its read and write calls. */
import { closeSync, openSync, writeSync } from 'node:fs'
import t from 'tap'
import { openIo, parseIo } from '../../../bench/footprint/io.ts'
import { addMemory, readMemory } from '../../../bench/footprint/memory.ts'
import { hasProc } from '../../../bench/supervisor/process-table.ts'

const rollup = (rssKb: number, anonymousKb: number, pssAnonKb: number): string =>
  `55d0-7ffd ---p 00000000 00:00 0    [rollup]\nRss:    ${rssKb} kB\nPss:     1 kB\nPss_Anon:   ${pssAnonKb} kB\nAnonymous:   ${anonymousKb} kB\n`

const status = (peakKb: number): string => `Name:\tnode\nVmHWM:\t   ${peakKb} kB\nVmRSS:\t  1 kB\n`

t.test('one process has its RSS, whoever maps the same files', async (t) => {
  t.same(addMemory([{ rollup: rollup(100, 60, 60), status: status(120) }]), {
    bytes: 100 * 1024,
    peakBytes: 120 * 1024,
  })
})

t.test('workers have the program once, and what forking shares once', async (t) => {
  // Own: 50 + 40, of which forking shares 20 (10 in each); files: 40, of the process that has most.
  const memory = addMemory([
    { rollup: rollup(100, 60, 50), status: status(100) },
    { rollup: rollup(80, 50, 40), status: status(90) },
  ])
  t.same(memory, { bytes: (50 + 40 + 40) * 1024, peakBytes: 190 * 1024 })
})

t.test('a kernel that does not tell, and no process at all, are not zero', async (t) => {
  t.equal(addMemory([{ rollup: 'Rss:  10 kB\n', status: status(1) }]), undefined)
  t.equal(addMemory([]), undefined)
  t.equal(readMemory([2 ** 30]), undefined)
  t.equal(openIo([2 ** 30])(), undefined)
  t.equal(openIo([])(), undefined)
  t.equal(parseIo('rchar: 1\nsyscr: 2\n'), undefined)
})

t.test('calls are read from /proc/PID/io', async (t) => {
  const text = 'rchar: 10\nwchar: 20\nsyscr: 3\nsyscw: 4\nread_bytes: 5\n'
  t.same(parseIo(text), { readCalls: 3, writeCalls: 4, writtenBytes: 20 })
})

const skip = hasProc ? false : 'this system has no /proc'

t.test('this very process is read', { skip }, async (t) => {
  const before = readMemory([process.pid])
  t.ok(before && before.bytes > 1e6 && before.peakBytes > 1e6)
  const held = Buffer.alloc(64e6, 1)
  const after = readMemory([process.pid])
  t.ok((after?.bytes ?? 0) - (before?.bytes ?? 0) > 0.5 * held.length)

  const file = openSync('/dev/null', 'w')
  const counted = openIo([process.pid])
  for (let call = 0; call < 50; call++) writeSync(file, '0123456789')
  const io = counted()
  closeSync(file)
  t.ok((io?.writeCalls ?? 0) >= 50)
  t.ok((io?.writtenBytes ?? 0) >= 500)
})
