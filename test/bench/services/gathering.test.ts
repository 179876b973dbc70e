import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import t from 'tap'
import { Gathering } from '../../../bench/services/upstream/gathering.ts'

/** A look that three different calls end; what it has let go is in `sent`. */
function look() {
  const gathering = new Gathering(3)
  const sent: string[] = []
  const call = (name: string): ServerResponse => {
    const response = new EventEmitter() as ServerResponse
    gathering.hold(response, name, () => sent.push(name))
    return response
  }
  return { gathering, sent, call }
}

t.test('calls wait until all have met, in the order in which they came', async (t) => {
  const { gathering, sent, call } = look()
  call('orders')
  call('profile')
  t.strictSame(sent, [])
  t.ok(gathering.isOpen)
  call('offers')
  t.strictSame(sent, ['orders', 'profile', 'offers'])
  t.notOk(gathering.isOpen)
  t.equal(gathering.end(), 3)
})

t.test('the same call twice is one, and both are answered', async (t) => {
  const { gathering, sent, call } = look()
  for (const name of ['profile', 'profile', 'orders', 'orders']) call(name)
  t.strictSame(sent, [])
  t.equal(gathering.end(), 2)
  t.equal(sent.length, 4)
  t.equal(gathering.end(), 2, 'asked again it says the same')
  t.equal(sent.length, 4, 'and answers nothing twice')
})

t.test('a call that its client gives up is not counted with later ones', async (t) => {
  const { gathering, sent, call } = look()
  call('profile').emit('close')
  call('orders').emit('close')
  call('offers')
  t.equal(gathering.end(), 1)
  t.strictSame(sent, ['offers'])
})
