import t from 'tap'
import { Registers } from './registers.ts'

const open = () => new Registers<string>(() => 'seed')

t.test('a read gives the last value, or one that is just being written', async (t) => {
  const registers = open()
  registers.read(1)('seed')
  const writing = registers.write(1, 'a')
  registers.read(1)('seed')
  registers.read(1)('a')
  const late = registers.read(1)
  writing.done()
  registers.read(1)('a')
  late('seed')
  registers.read(2)('seed')
  t.strictSame(registers.problems(), [])
})

t.test('what was replaced before the read began is wrong', async (t) => {
  const registers = open()
  registers.write(1, 'a').done()
  registers.read(1)('seed')
  t.strictSame(registers.problems(), ['1: seed is none that it may have held'])
})

t.test('what nobody wrote, or wrote elsewhere or later, is wrong', async (t) => {
  const registers = open()
  registers.write(2, 'other').done()
  registers.read(1)('other')
  registers.read(1)('nobody')
  registers.read(1)('later')
  registers.write(1, 'later').done()
  registers.write(1, 'not done').undone()
  registers.read(1)('not done')
  t.equal(registers.problems().length, 4)
})

t.test('a write of unknown fate may be done at any time, or never', async (t) => {
  const registers = open()
  registers.write(1, 'lost')
  registers.read(1)('seed')
  registers.read(1)('lost')
  registers.read(1)('seed')
  registers.write(1, 'sure').done()
  registers.read(1)('lost')
  t.strictSame(registers.problems(), [])
  registers.read(1)('seed')
  t.equal(registers.problems().length, 1)
})

t.test('of writes at the same time any may be the last', async (t) => {
  const registers = open()
  const one = registers.write(1, 'one')
  const two = registers.write(1, 'two')
  one.done()
  two.done()
  registers.read(1)('one')
  registers.read(1)('two')
  t.strictSame(registers.problems(), [])
})
