import type { Worker } from 'node:worker_threads'
import t from 'tap'
import { cpuAnswers } from '../../../bench/contract/cpu.ts'
import { offloadedCompute } from '../../../src/compute/offloaded.ts'
import { openClient } from '../../helpers/client.ts'
import { build } from '../../helpers/build.ts'

t.test('answers are those of the loop, also for many at once', async (t) => {
  const compute = offloadedCompute(2)
  t.teardown(() => compute.close())
  const wanted = [...cpuAnswers, ...cpuAnswers, ...cpuAnswers]
  const answers = wanted.map(async ({ n }) => compute.longestCollatz(n))
  t.strictSame(await Promise.all(answers), wanted)
})

t.test('it closes before its threads have started, and twice', async (t) => {
  const compute = offloadedCompute(2)
  await compute.close()
  await compute.close()
  t.pass('closed')
})

t.test('other requests are answered while it computes', async (t) => {
  const app = await build(t, 'baseline+cpu-offload={"threads":1}')
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  await using client = openClient(url, 20)
  const answered: string[] = []
  const ask = async (path: string) => {
    t.equal((await client.ask(path)).status, 200)
    answered.push(path)
  }
  // The thread is up, so all that follows is arithmetic.
  await ask('/cpu?n=1')
  // One thread does these after one another, a long way behind one short request.
  const computed = Array.from({ length: 10 }, () => ask('/cpu?n=100000'))
  await ask('/json')
  await Promise.all(computed)
  t.equal(answered[1], '/json')
})

t.test('its threads have ended when the app is closed', async (t) => {
  let started = 0
  let ended = 0
  const count = (worker: Worker): void => {
    started++
    worker.once('exit', () => ended++)
  }
  process.on('worker', count)
  t.teardown(() => process.off('worker', count))
  const app = await build(t, 'baseline+cpu-offload={"threads":3}')
  t.match((await app.inject('/cpu?n=10000')).json(), { start: 6171 })
  t.strictSame([started, ended], [3, 0])
  await app.close()
  t.strictSame([started, ended], [3, 3])
})
