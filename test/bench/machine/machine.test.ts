import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import {
  parseOpenFilesLimit,
  parseTicks,
  parseVirtual,
  readEnding,
  readMachine,
  stealShare,
} from '../../../bench/machine.ts'
import { environmentSchema } from '../../../bench/result/environment.ts'

await t.test('ticks leave out the guest times, which user and nice hold already', async (t) => {
  t.same(parseTicks('cpu  10 2 3 100 5 1 1 8 99 99\ncpu0 1 1 1 1 1 1 1 1 0 0\n'), {
    stealTicks: 8,
    totalTicks: 130,
  })
  t.equal(parseTicks('intr 1 2 3\n'), undefined)
  t.equal(parseTicks('cpu  10 2 3\n'), undefined)
})

await t.test('the share stolen is that of the time between two readings', async (t) => {
  const at = (stealTicks: number, totalTicks: number) => ({
    loadAverage: [0, 0, 0] as [number, number, number],
    stealTicks,
    totalTicks,
  })
  t.equal(stealShare(at(10, 1_000), at(30, 2_000)), 0.02)
  t.equal(stealShare(at(10, 1_000), at(10, 1_000)), undefined)
  t.equal(stealShare({ loadAverage: [0, 0, 0] }, at(1, 2)), undefined)
})

await t.test('a guest is told by its flag, and not guessed without flags', async (t) => {
  t.equal(parseVirtual('flags\t\t: fpu hypervisor avx\n'), true)
  t.equal(parseVirtual('flags\t\t: fpu avx\n'), false)
  t.equal(parseVirtual('Features : fp asimd\n'), undefined)
})

await t.test('the limit of open files is the soft one', async (t) => {
  const line = 'Max open files            1024                 524288               files\n'
  t.equal(parseOpenFilesLimit(line), 1024)
  t.equal(parseOpenFilesLimit('Max open files            unlimited  unlimited files\n'), undefined)
})

await t.test('this machine is described as the schema asks', async (t) => {
  const environment = await readMachine({
    engine: { name: 'fake', version: '1' },
    coreBudget: 'all share 2 cores',
  })
  t.same([...Value.Errors(environmentSchema, environment)], [])
  t.equal(environment.node, process.version)
  t.match(environment.gapwise, /^\d+\.\d+\.\d+/)
  t.match(environment.lockFile, /^[0-9a-f]{64}$/)
  const ended = { ...environment, ...(await readEnding(environment.before)) }
  t.same([...Value.Errors(environmentSchema, ended)], [])
})
