/** The tree meter over tables made by hand: what ends between readings is neither lost nor counted twice. */
import t from 'tap'
import { treeMeter } from '../../../bench/cpu-meters/schedstat.ts'
import type { ProcessEntry } from '../../../bench/supervisor/process-table.ts'

/** A process with its threads' times in ns; ticks are those of 10 ms. */
interface Fake extends Partial<ProcessEntry> {
  readonly pid: number
  readonly threads?: Readonly<Record<number, number>>
}

const tickNs = 10_000_000

/** A meter over what the last call of `now` described. */
const meterOver = (...first: readonly Fake[]) => {
  let fakes = first
  const meter = treeMeter(
    1,
    {},
    {
      processes: () =>
        new Map(
          fakes.map((fake) => [
            fake.pid,
            { state: 'S', parent: 0, group: 1, start: 1, ownTicks: 0, waitedTicks: 0, ...fake },
          ]),
        ),
      threads: (pid) =>
        new Map(
          Object.entries(fakes.find((fake) => fake.pid === pid)?.threads ?? {}).map(([id, ns]) => [
            Number(id),
            ns,
          ]),
        ),
    },
  )
  return (...next: readonly Fake[]): number => {
    fakes = next
    return meter.readNs()
  }
}

t.test('a thread that has ended keeps what it was last seen with', async (t) => {
  const read = meterOver({ pid: 1, threads: { 1: 100, 2: 700 } })
  t.equal(read({ pid: 1, threads: { 1: 150 } }), 850)
})

t.test('a thread id that is given out again is another thread', async (t) => {
  const read = meterOver({ pid: 1, threads: { 1: 100, 2: 700 } })
  t.equal(read({ pid: 1, threads: { 1: 100, 2: 30 } }), 830)
  t.equal(read({ pid: 1, threads: { 1: 100, 2: 50 } }), 850)
})

t.test('threads that came and went between readings are known to the ticks', async (t) => {
  const read = meterOver({ pid: 1, threads: { 1: 100 } })
  t.equal(read({ pid: 1, threads: { 1: 100 }, ownTicks: 3 }), 3 * tickNs)
})

t.test(
  'a child that came and went is counted by its parent, one that was seen once only',
  async (t) => {
    const child = { pid: 2, parent: 1, threads: { 2: 4 * tickNs } }
    const read = meterOver({ pid: 1 }, child)
    t.equal(read({ pid: 1, waitedTicks: 4 }), 4 * tickNs, 'the kernel counts what we have seen')
    t.equal(read({ pid: 1, waitedTicks: 9 }), 9 * tickNs, 'and another that we have not')
  },
)

t.test('a pid that is given out again loses nothing and counts nothing twice', async (t) => {
  const read = meterOver({ pid: 1 }, { pid: 2, parent: 1, start: 5, threads: { 2: 4 * tickNs } })
  const second = { pid: 2, parent: 1, start: 9, threads: { 2: tickNs } }
  t.equal(read({ pid: 1, waitedTicks: 4 }, second), 5 * tickNs)
  t.equal(read({ pid: 1, waitedTicks: 5 }), 5 * tickNs)
})

t.test('a stranger with the pid of one of ours is not ours', async (t) => {
  const read = meterOver({ pid: 1 }, { pid: 2, parent: 1, start: 5, threads: { 2: 300 } })
  t.equal(read({ pid: 1 }, { pid: 2, parent: 77, start: 9, threads: { 2: 9_000 } }), 300)
})

t.test('grandchildren that outlive their parent stay in the tree', async (t) => {
  const grandchild = { pid: 3, parent: 2, threads: { 3: 50 } }
  const read = meterOver({ pid: 1 }, { pid: 2, parent: 1, threads: { 2: 20 } }, grandchild)
  t.equal(read({ pid: 1 }, { ...grandchild, parent: 0, threads: { 3: 80 } }), 100)
})
